import Logging

/// What is logged and how a line looks.
struct LogSettings: Hashable, Sendable {
    /// The least level that is written.
    let level: Logger.Level

    /// How a line looks.
    let format: LogFormat

    /// Whether requests are logged, and how.
    let access: AccessLogFormat

    /// Whether requests have spans.
    let isTracing: Bool

    /// Reads them.
    init(reader: inout SettingsReader) {
        self.level = reader.value(.logLevel, default: .info, parse: SettingSyntax.word)
        self.format = reader.value(.logFormat, default: .text, parse: SettingSyntax.word)
        self.access = reader.value(.accessLog, default: .off, parse: SettingSyntax.word)
        self.isTracing = reader.value(.tracing, default: false, parse: SettingSyntax.flag)
    }

    /// What holds where no settings were read.
    init(
        level: Logger.Level = .info,
        format: LogFormat = .text,
        access: AccessLogFormat = .off,
        isTracing: Bool = false
    ) {
        self.level = level
        self.format = format
        self.access = access
        self.isTracing = isTracing
    }
}
