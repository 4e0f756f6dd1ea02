/// Everything that is wrong with a configuration, found in one reading.
struct SettingsMistakes: Error, Sendable {
    /// At least one mistake, in the order of the table of settings.
    let mistakes: [SettingMistake]
}

extension SettingsMistakes: CustomStringConvertible {
    var description: String {
        let count = self.mistakes.count
        let heading = count == 1 ? "1 mistake in the configuration" : "\(count) mistakes in the configuration"
        return ([heading] + self.mistakes.map { "  " + $0.description }).joined(separator: "\n")
    }
}
