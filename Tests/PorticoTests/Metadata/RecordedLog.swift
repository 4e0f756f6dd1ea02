import Logging
import Synchronization

/// What was logged, for tests that wait for it.
final class RecordedLog: Sendable {
    private let lines = Mutex<[String]>([])

    /// The messages, without their values.
    var messages: [String] { self.lines.withLock { $0 } }

    /// A logger that writes here.
    var logger: Logger {
        Logger(label: "portico.test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { self.metadata[key] }
            set { self.metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            self.log.lines.withLock { $0.append(event.message.description) }
        }
    }
}
