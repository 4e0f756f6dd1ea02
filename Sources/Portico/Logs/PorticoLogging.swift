import Logging

/// How the program logs: to standard error, as the settings say.
enum PorticoLogging {
    /// A logger of its own, made without the global bootstrap, so that tests can run several gateways at once.
    static func logger(label: String, settings: LogSettings) -> Logger {
        Self.logger(label: label, threshold: LogThreshold(settings.level), format: settings.format)
    }

    /// The same with a threshold that may change while it is used.
    static func logger(label: String, threshold: LogThreshold, format: LogFormat) -> Logger {
        Logger(label: label) { ConsoleLogHandler(label: $0, threshold: threshold, format: format) }
    }

    /// Makes loggers that libraries create for themselves write in the same form.
    ///
    /// - Precondition: Called once in the life of the process.
    static func bootstrap(_ settings: LogSettings) {
        let threshold = LogThreshold(max(settings.level, .notice))
        LoggingSystem.bootstrap { ConsoleLogHandler(label: $0, threshold: threshold, format: settings.format) }
    }
}
