import Foundation
import LocalServers
import PostgreSQL
import Testing

@Suite("PostgreSQL going away and coming back", .serialized)
struct RecoveryTests {
    @Test func thePoolAndTheListenerOutliveARestart() async throws {
        try await TestServer.withOwnCluster { cluster in
            let configuration = try PostgreSQLConfiguration(uri: cluster.uri(), poolSize: 3)
            let listener = NotificationListener(
                configuration: configuration, channels: ["portico_test"], logger: TestServer.logger)
            let running = Task { await listener.run() }
            try await TestServer.withPool(configuration) { pool in
                var events = listener.events.makeAsyncIterator()
                #expect(await events.next() == .connected)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<3 {
                        group.addTask { try await pool.query("SELECT pg_sleep(0.01)") }
                    }
                    try await group.waitForAll()
                }

                await cluster.stop()
                guard case .lost = await events.next() else {
                    Issue.record("the listener did not notice the end of the server")
                    return
                }
                let error = await #expect(throws: PostgreSQLError.self) { try await pool.query("SELECT 1") }
                #expect(error?.isUnavailability == true)

                try await cluster.start()
                while (try? await pool.query("SELECT 1")) == nil {}
                while await events.next() != .connected {}
                try await pool.query("SELECT pg_notify('portico_test', 'back again')")
                guard case .notification(let notification) = await events.next() else {
                    Issue.record("the listener is deaf after the restart")
                    return
                }
                #expect(notification.payload == "back again")
            }
            running.cancel()
            await running.value
        }
    }

    @Test func aTransactionThatLosesItsConnectionRunsAgain() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 2)) { pool in
            try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { killer in
                let attempts = Counter()
                let pid: Int = try await pool.withTransaction { transaction in
                    let row = try await transaction.query("SELECT pg_backend_pid()::int8 AS pid").singleRow()
                    let pid: Int = try row.value("pid")
                    if attempts.next() == 1 {
                        try await killer.query("SELECT pg_terminate_backend(\(pid)::int, 10000)")
                    }
                    try await transaction.query("SELECT 1")
                    return pid
                }
                #expect(attempts.value == 2)
                #expect(pid > 0)
            }
        }
    }
}
