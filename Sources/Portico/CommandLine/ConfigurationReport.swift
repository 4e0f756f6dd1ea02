/// What `config check --json` writes.
struct ConfigurationReport: Encodable, Hashable, Sendable {
    /// Whether `serve` would start with it.
    let sound: Bool

    /// Everything that is wrong.
    let mistakes: [SettingMistake]

    /// What is not wrong, but probably not meant.
    let warnings: [String]
}
