import Foundation
import Synchronization
import Testing

/// The lines that a program has written so far, and those that it will write.
final class RunningLog: Sendable {
    private struct State {
        var lines: [String] = []
        var rest = ""
    }

    private let state = Mutex(State())

    /// Reads until the other end closes, on a thread of its own.
    init(reading file: FileHandle) {
        let reader = Thread {
            // `read(upToCount:)` would wait until that much has come.
            while case let data = file.availableData, !data.isEmpty { self.take(String(decoding: data, as: UTF8.self)) }
        }
        reader.start()
    }

    /// What was written so far.
    var all: [String] { self.state.withLock { $0.lines } }

    /// The first line that holds a text, as soon as there is one.
    func line(containing text: String) async throws -> String {
        var found: String?
        try await GatewayRun.eventually {
            found = self.all.first { $0.contains(text) }
            return found != nil
        }
        return try #require(found)
    }

    private func take(_ text: String) {
        self.state.withLock { state in
            var lines = (state.rest + text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            state.rest = lines.removeLast()
            state.lines += lines
        }
    }
}
