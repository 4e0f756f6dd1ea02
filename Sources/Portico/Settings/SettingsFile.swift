import Foundation
import Yams

/// The YAML file of settings: texts by name, and the routes as YAML.
struct SettingsFile {
    /// Where it is.
    let path: String

    /// Scalars and lists by setting name; secrets also by the name of their file.
    private(set) var values: [String: [String]] = [:]

    /// The entries of `routes`; nil where there is no such key.
    private(set) var routes: [YAMLMapping]?

    /// Reads the file; everything that is wrong with it is added to `mistakes`.
    init(path: String, mistakes: inout [SettingMistake]) {
        self.path = path
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            guard let root = try Yams.compose(yaml: text) else { return }
            guard var mapping = YAMLMapping(root, path: "", file: path, mistakes: &mistakes) else { return }
            self.read(&mapping, mistakes: &mistakes)
        } catch let error as YamlError {
            self.refuse("is not YAML (\(Self.summary(of: error)))", "mend the line", mistakes: &mistakes)
        } catch {
            self.refuse("cannot be read", "check the path and that this user may read it", mistakes: &mistakes)
        }
    }

    private mutating func read(_ mapping: inout YAMLMapping, mistakes: inout [SettingMistake]) {
        for key in SettingKey.allCases where key != .config {
            switch key.definition.shape {
            case .single: self.values[key.rawValue] = mapping.text(key.rawValue, mistakes: &mistakes).map { [$0] }
            case .list: self.values[key.rawValue] = mapping.texts(key.rawValue, mistakes: &mistakes)
            case .structure: self.routes = mapping.mappings(key.rawValue, mistakes: &mistakes)
            }
            if key.definition.sensitivity == .secret {
                self.values[key.fileName] = mapping.text(key.fileName, mistakes: &mistakes).map { [$0] }
            }
        }
        mistakes += mapping.unknownKeys()
    }

    private func refuse(_ problem: String, _ remedy: String, mistakes: inout [SettingMistake]) {
        mistakes.append(
            SettingMistake(setting: "the file", origin: .file(self.path), problem: problem, remedy: remedy)
        )
    }

    private static func summary(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            "line \(context.mark.line): \(duplicates.sorted().joined(separator: ", ")) twice"
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            "it cannot be parsed"
        }
    }
}
