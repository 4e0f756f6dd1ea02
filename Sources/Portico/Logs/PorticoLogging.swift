import Logging

/// How the program logs: to standard error, as the settings say.
enum PorticoLogging {
    /// A logger of its own, made without the global bootstrap, so that tests can run several gateways at once.
    static func logger(label: String, settings: LogSettings) -> Logger {
        Logger(label: label) { label in
            ConsoleLogHandler(label: label, level: settings.level, format: settings.format)
        }
    }

    /// Makes loggers that libraries create for themselves write in the same form.
    ///
    /// - Precondition: Called once in the life of the process.
    static func bootstrap(_ settings: LogSettings) {
        LoggingSystem.bootstrap { label in
            ConsoleLogHandler(label: label, level: max(settings.level, .notice), format: settings.format)
        }
    }
}
