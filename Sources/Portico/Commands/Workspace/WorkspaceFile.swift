import Foundation
import Workspaces
import Yams

/// The file of `workspace apply` (interface section 7).
struct WorkspaceFile {
    /// The workspaces in the order of the file.
    let entries: [WorkspaceEntry]

    /// Reads a file.
    ///
    /// - Throws: ``SettingsMistakes`` with everything that is wrong in it; ``CommandRefusal`` for one that is no YAML.
    static func read(_ path: String) throws -> WorkspaceFile {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandRefusal("\(path) cannot be read as text: check the path and that this user may read it")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw CommandRefusal("\(path) is not YAML: \(reason)")
        }
        var mistakes: [SettingMistake] = []
        var entries: [WorkspaceEntry] = []
        if let node, var root = YAMLMapping(node, path: "", file: path, mistakes: &mistakes) {
            let folder = URL(filePath: path).deletingLastPathComponent()
            for mapping in root.mappings("workspaces", mistakes: &mistakes) ?? [] {
                if let entry = WorkspaceEntryReader(mapping, folder: folder).read(mistakes: &mistakes) {
                    entries.append(entry)
                }
            }
            mistakes += root.unknownKeys()
        }
        guard mistakes.isEmpty else { throw SettingsMistakes(mistakes: mistakes) }
        guard !entries.isEmpty else {
            throw CommandRefusal("\(path) names no workspace: list them under `workspaces:`")
        }
        return WorkspaceFile(entries: entries)
    }
}
