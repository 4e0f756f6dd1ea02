import Foundation
import Logging

/// Writes each event as one line on standard error, with one system call, so that nothing is left to flush.
///
/// Values can hold what an attacker sent: control characters are escaped, so that one event is always one line.
struct ConsoleLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let threshold: LogThreshold
    /// The level of a logger that was given one of its own.
    private var ownLevel: Logger.Level?
    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// A handler for one label; `write` takes a whole line without its line feed.
    init(
        label: String,
        threshold: LogThreshold,
        format: LogFormat,
        write: @escaping @Sendable (String) -> Void = ConsoleLogHandler.standardError
    ) {
        self.label = label
        self.threshold = threshold
        self.format = format
        self.write = write
    }

    /// The threshold that all share, unless the logger has its own.
    var logLevel: Logger.Level {
        get { self.ownLevel ?? self.threshold.level }
        set { self.ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var metadata = self.metadata
        if let provided = self.metadataProvider?.get() { metadata.merge(provided) { $1 } }
        if let own = event.metadata { metadata.merge(own) { $1 } }
        if let error = event.error { metadata["error"] = "\(error)" }
        let line = LogLine(
            time: Date(),
            level: event.level,
            label: self.label,
            message: event.message.description,
            metadata: metadata.mapValues(\.description)
        )
        switch self.format {
        case .text: self.write(line.text)
        case .json: self.write(line.json)
        }
    }

    /// Writes a line to file descriptor 2.
    static func standardError(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
