/// Where a setting's value was given, strongest first.
enum SettingOrigin: Hashable, Sendable {
    /// On the command line.
    case flag

    /// In a `PORTICO_…` environment variable.
    case environment

    /// In the YAML file at this path.
    case file(String)

    /// Nowhere: the setting is missing, or the mistake is about several settings.
    case absent

    /// How a setting is spelled in this place.
    func spelling(of name: String) -> String {
        switch self {
        case .flag: "--" + name.replacing("_", with: "-")
        case .environment, .absent: "PORTICO_" + name.uppercased()
        case .file: name
        }
    }
}

extension SettingOrigin: Encodable {
    /// Encodes the word that `config check --json` shows.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .flag: try container.encode("flag")
        case .environment: try container.encode("environment")
        case .file(let path): try container.encode(path)
        case .absent: try container.encode("absent")
        }
    }
}
