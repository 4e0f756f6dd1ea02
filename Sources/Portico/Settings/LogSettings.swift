import Logging

/// What is logged and how a line looks.
struct LogSettings: Hashable, Sendable {
    /// The least level that is written.
    let level: Logger.Level

    /// How a line looks.
    let format: LogFormat

    /// Reads both.
    init(reader: inout SettingsReader) {
        self.level = reader.value(.logLevel, default: .info, parse: SettingSyntax.word)
        self.format = reader.value(.logFormat, default: .text, parse: SettingSyntax.word)
    }

    /// What holds where no settings were read.
    init(level: Logger.Level = .info, format: LogFormat = .text) {
        self.level = level
        self.format = format
    }
}
