import Logging

/// What is logged and how a line looks.
struct LogSettings: Hashable, Sendable {
    /// The least level that is written.
    let level: Logger.Level

    /// How a line looks.
    let format: LogFormat

    /// Whether requests are logged, and how.
    let access: AccessLogFormat

    /// Reads them.
    init(reader: inout SettingsReader) {
        self.level = reader.value(.logLevel, default: .info, parse: SettingSyntax.word)
        self.format = reader.value(.logFormat, default: .text, parse: SettingSyntax.word)
        self.access = reader.value(.accessLog, default: .off, parse: SettingSyntax.word)
    }

    /// What holds where no settings were read.
    init(level: Logger.Level = .info, format: LogFormat = .text, access: AccessLogFormat = .off) {
        self.level = level
        self.format = format
        self.access = access
    }
}
