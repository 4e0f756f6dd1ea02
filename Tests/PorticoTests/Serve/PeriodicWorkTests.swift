import Foundation
import PostgreSQL
import Storage
import Synchronization
import Testing

@testable import Portico

@Suite("Work that a node repeats")
struct PeriodicWorkTests {
    private func work(_ log: RecordedLog, delay: Duration? = nil) -> PeriodicWork {
        PeriodicWork(interval: .milliseconds(5), delay: delay, failure: "tea cannot be made", logger: log.logger)
    }

    @Test("A turn that fails is told to the log, and the next one comes; the end of the task ends it")
    func goesOn() async throws {
        let log = RecordedLog()
        let turns = Mutex(0)
        let task = Task {
            await self.work(log)
                .repeating {
                    turns.withLock { $0 += 1 }
                    throw CocoaError(.fileNoSuchFile)
                }
        }
        try await GatewayRun.eventually { turns.withLock { $0 } >= 3 }
        task.cancel()
        await task.value
        let ended = turns.withLock { $0 }
        #expect(log.messages == Array(repeating: "tea cannot be made", count: ended))
    }

    @Test("Nothing is done before the first turn is due")
    func waits() async {
        let log = RecordedLog()
        let task = Task {
            await self.work(log, delay: .seconds(3600)).repeating { throw CocoaError(.fileNoSuchFile) }
        }
        try? await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await task.value
        #expect(log.messages.isEmpty)
    }

    @Test(
        "Who looks at the log learns what mends itself, and what somebody has to mend",
        arguments: [
            (PostgreSQLError.poolClosed as any Error, ["tea cannot be made while the database is away"]),
            (PostgreSQLError.cancelled, ["tea cannot be made while the database is away"]),
            (PostgreSQLError.unexpectedRowCount(2), ["tea cannot be made"]),
            (WorkspaceStoreError.workspaceDeleted, ["a workspace was deleted meanwhile: the others are next"]),
            (CancellationError(), []),
        ]
    )
    func failures(_ error: any Error, _ messages: [String]) async {
        let log = RecordedLog()
        await self.work(log).once { throw error }
        #expect(log.messages == messages)
    }
}
