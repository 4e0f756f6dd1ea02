/// One thing that is wrong with the configuration, said so that the reader can mend it.
struct SettingMistake: Error, Hashable, Sendable, Encodable {
    /// The setting's name in the place where it was given, such as `PORTICO_LISTEN`, `--listen` or `routes[0].auth`.
    let setting: String

    /// Where the value came from.
    let origin: SettingOrigin

    /// What is wrong; never the text of a secret.
    let problem: String

    /// What to do about it.
    let remedy: String
}

extension SettingMistake: CustomStringConvertible {
    var description: String {
        switch self.origin {
        case .absent: "\(self.setting) \(self.problem): \(self.remedy)"
        case .flag, .environment: "\(self.setting) \(self.problem): \(self.remedy)"
        case .file(let path): "\(self.setting) in \(path) \(self.problem): \(self.remedy)"
        }
    }
}
