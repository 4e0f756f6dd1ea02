import Dispatch
import Foundation
import ReverseProxy
import ServiceLifecycle
import Synchronization

/// Writes a line for each request to standard output, on a thread where nobody waits for it.
///
/// Event loops only leave what they know; a few times a second all of it is written in one go. When standard output takes
/// less than that, lines beyond a bound are dropped and counted: a log that nobody reads must not stop the gateway.
final class AccessLog: Service {
    private static let interval = Duration.milliseconds(250)

    private struct State {
        var lines: [AccessLine] = []
        var dropped: UInt64 = 0
    }

    private let format: AccessLogFormat
    private let capacity: Int
    private let write: @Sendable (Data) -> Void
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "portico.access-log")

    /// Makes a log that holds up to `capacity` lines until they are written; `write` takes whole lines.
    init(
        format: AccessLogFormat,
        capacity: Int = 16_384,
        write: @escaping @Sendable (Data) -> Void = AccessLog.standardOutput
    ) {
        self.format = format
        self.capacity = capacity
        self.write = write
    }

    /// What the data plane calls; `nil` where there is no log, so that it does not even ask.
    var recorder: AccessRecorder? {
        guard self.format != .off else { return nil }
        return { self.take($0) }
    }

    /// How many lines were dropped.
    var droppedCount: UInt64 { self.state.withLock { $0.dropped } }

    func run() async throws {
        guard self.format != .off else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Lines are gathered for so long and written at once; a stop cuts the wait short.
                try? await Task.sleep(for: Self.interval)
                await self.flush()
            }
        }
        await self.flush()
    }

    /// Writes what is there.
    func flush() async {
        let lines = self.state.withLock { state in
            defer { state.lines = [] }
            return state.lines
        }
        guard !lines.isEmpty else { return }
        let (written, continuation) = AsyncStream<Never>.makeStream()
        self.queue.async {
            self.write(Data(lines.map { self.text(of: $0) + "\n" }.joined().utf8))
            continuation.finish()
        }
        // Whoever is cancelled meanwhile waits no longer, so that a reader that is stuck cannot hold up the program's end.
        for await _ in written {}
    }

    private func take(_ record: AccessRecord) {
        let line = AccessLine(time: Date(), record: record)
        self.state.withLock { state in
            if state.lines.count < self.capacity { state.lines.append(line) } else { state.dropped += 1 }
        }
    }

    private func text(of line: AccessLine) -> String {
        self.format == .json ? line.json : line.text
    }

    /// Writes to file descriptor 1; where nobody reads it any more, nothing can be told.
    static func standardOutput(_ data: Data) {
        try? FileHandle.standardOutput.write(contentsOf: data)
    }
}

extension AccessLog: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "access log" }
}
