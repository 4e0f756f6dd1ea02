import Configuration
import Foundation

/// One place in which settings are given, through swift-configuration's provider for it.
///
/// Precedence is the order of the sources in the reader; each keeps its origin, so that a mistake can name the place.
struct SettingsSource: Sendable {
    /// What the provider reads.
    let origin: SettingOrigin

    private let provider: any ConfigProvider

    /// The flags of the command line, by setting name.
    static func flags(_ values: [SettingKey: String]) -> SettingsSource {
        let pairs = values.map { key, text in
            (AbsoluteConfigKey([key.rawValue]), SettingsSource.value(text, shape: key.definition.shape))
        }
        let values = Dictionary(pairs) { first, _ in first }
        return SettingsSource(origin: .flag, provider: InMemoryProvider(name: "flags", values: values))
    }

    /// The `PORTICO_…` variables of an environment.
    static func environment(_ variables: [String: String]) -> SettingsSource {
        let secrets = SettingKey.allCases.filter { $0.definition.sensitivity == .secret }.map(\.environmentName)
        let provider = EnvironmentVariablesProvider(
            environmentVariables: variables,
            secretsSpecifier: .specific(Set(secrets))
        )
        .prefixKeys(with: "portico")
        return SettingsSource(origin: .environment, provider: provider)
    }

    /// The scalars and lists of the YAML file at `path`.
    static func file(_ values: [String: [String]], path: String) -> SettingsSource {
        let pairs = values.map { name, texts in
            let isList = SettingKey(rawValue: name)?.definition.shape == .list
            let content: ConfigContent = isList ? .stringArray(texts) : .string(texts.joined())
            return (AbsoluteConfigKey([name]), ConfigValue(content, isSecret: false))
        }
        let provider = InMemoryProvider(name: path, values: Dictionary(pairs) { first, _ in first })
        return SettingsSource(origin: .file(path), provider: provider)
    }

    /// The value of a name in this place; nil where it is absent or empty.
    func value(named name: String, shape: SettingDefinition.Shape) -> SettingValue? {
        let type: ConfigType = shape == .list ? .stringArray : .string
        guard let result = try? self.provider.value(forKey: AbsoluteConfigKey([name]), type: type),
            let content = result.value?.content
        else { return nil }
        let texts: [String]
        switch content {
        case .string(let text): texts = [text]
        case .stringArray(let list): texts = list
        case .int, .double, .bool, .bytes, .intArray, .doubleArray, .boolArray, .byteChunkArray: texts = []
        }
        let trimmed = texts.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        return trimmed.isEmpty ? nil : SettingValue(texts: trimmed, origin: self.origin, name: name)
    }

    private static func value(_ text: String, shape: SettingDefinition.Shape) -> ConfigValue {
        let list = text.split(separator: ",").map(String.init)
        return ConfigValue(shape == .list ? .stringArray(list) : .string(text), isSecret: false)
    }
}
