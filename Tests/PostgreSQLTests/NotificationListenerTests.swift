import Foundation
import PostgreSQL
import Testing

@Suite("LISTEN", .serialized)
struct NotificationListenerTests {
    /// Runs a listener on a channel of the test's own.
    private func withListener(
        pingInterval: Duration = .seconds(3),
        _ body: (String, AsyncStream<NotificationEvent>, ConnectionPool) async throws -> Void
    ) async throws {
        let channel = "Test \(UUID().uuidString)"
        let name = "portico-\(UUID().uuidString.prefix(8))"
        let listener = NotificationListener(
            configuration: try await TestServer.configuration(applicationName: name),
            channels: [channel],
            pingInterval: pingInterval,
            logger: TestServer.logger
        )
        let running = Task { await listener.run() }
        var beginning = listener.events.makeAsyncIterator()
        #expect(await beginning.next() == .connected)
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            try await body(channel, listener.events, pool)
        }
        running.cancel()
        await running.value
    }

    @Test func aMessageArrivesWithItsChannelAndInOrder() async throws {
        try await self.withListener { channel, stream, pool in
            var events = stream.makeAsyncIterator()
            for number in 0..<20 {
                try await pool.query("SELECT pg_notify(\(channel), \("message \(number)"))")
            }
            for number in 0..<20 {
                guard case .notification(let notification) = await events.next() else {
                    Issue.record("something else arrived")
                    return
                }
                #expect(notification.channel == channel)
                #expect(notification.payload == "message \(number)")
            }
        }
    }

    @Test func silenceDoesNotEndIt() async throws {
        try await self.withListener(pingInterval: .milliseconds(10)) { channel, stream, pool in
            var events = stream.makeAsyncIterator()
            try await pool.query("SELECT pg_sleep(0.2)")
            try await pool.query("SELECT pg_notify(\(channel), 'still here')")
            guard case .notification(let notification) = await events.next() else {
                Issue.record("the listener lost its connection")
                return
            }
            #expect(notification.payload == "still here")
        }
    }

    @Test func aLostConnectionIsReportedAndReplaced() async throws {
        try await self.withListener { channel, stream, pool in
            var events = stream.makeAsyncIterator()
            try await pool.query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE \("LISTEN%\(channel)%")"
            )
            guard case .lost(let error) = await events.next() else {
                Issue.record("the loss was not reported")
                return
            }
            #expect(error.isUnavailability)
            #expect(await events.next() == .connected)
            try await pool.query("SELECT pg_notify(\(channel), 'again')")
            guard case .notification = await events.next() else {
                Issue.record("the listener is deaf after the loss")
                return
            }
        }
    }

    @Test func itEndsWithItsTask() async throws {
        try await self.withListener { _, _, _ in }
    }
}
