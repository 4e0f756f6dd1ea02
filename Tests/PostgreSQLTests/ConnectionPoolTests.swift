import Foundation
import PostgreSQL
import Synchronization
import Testing

@Suite("The connection pool", .serialized)
struct ConnectionPoolTests {
    @Test func itNeverOpensMoreThanItsSize() async throws {
        let name = "portico-\(UUID().uuidString.prefix(8))"
        let configuration = try await TestServer.configuration(poolSize: 3, applicationName: name)
        try await TestServer.withPool(configuration) { pool in
            let highest = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let row =
                            try await pool.query(
                                "SELECT count(*) AS count FROM pg_stat_activity WHERE application_name = \(name)"
                            )
                            .singleRow()
                        return try row.value("count")
                    }
                }
                return try await group.reduce(0) { max($0, $1) }
            }
            #expect((1...3).contains(highest))
        }
    }

    @Test func waitingEndsAfterTheTimeout() async throws {
        let configuration = try await TestServer.configuration(poolSize: 1, acquireTimeout: .milliseconds(200))
        try await TestServer.withPool(configuration) { pool in
            // Opening the connection may take longer than the timeout of this test.
            while (try? await pool.query("SELECT 1")) == nil {}
            try await pool.withConnection { _ in
                await #expect(throws: PostgreSQLError.acquireTimedOut) { try await pool.query("SELECT 1") }
            }
            try await pool.query("SELECT 1")
        }
    }

    @Test func aCancelledTaskStopsWaitingAndTakesNothing() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            try await pool.withConnection { _ in
                let task = Task { try await pool.query("SELECT 1") }
                task.cancel()
                await #expect(throws: PostgreSQLError.cancelled) { _ = try await task.value }
            }
            try await pool.query("SELECT 1")
        }
    }

    @Test func manyCancelledTasksLoseNoConnection() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 2)) { pool in
            for _ in 0..<20 {
                let tasks = (0..<6).map { _ in Task { try? await pool.query("SELECT pg_sleep(0.001)") } }
                for task in tasks.shuffled() {
                    task.cancel()
                }
                for task in tasks {
                    _ = await task.value
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask { try await pool.query("SELECT pg_sleep(0.01)") }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func anOpenTransactionIsNeverLentToTheNext() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            try await pool.withConnection { connection in
                try await connection.query("BEGIN")
                try await connection.query("SELECT set_config('portico.left_over', 'yes', true)")
            }
            let row = try await pool.query("SELECT current_setting('portico.left_over', true) AS value").singleRow()
            #expect(try row.optional("value", as: String.self) != "yes")
        }
    }

    @Test func anOldConnectionIsReplaced() async throws {
        var configuration = try await TestServer.configuration(poolSize: 1)
        configuration.maximumConnectionAge = .nanoseconds(1)
        try await TestServer.withPool(configuration) { pool in
            let first: Int = try await pool.query("SELECT pg_backend_pid()::int8 AS pid").singleRow().value("pid")
            let second: Int = try await pool.query("SELECT pg_backend_pid()::int8 AS pid").singleRow().value("pid")
            #expect(first != second)
        }
    }

    @Test func aConnectionThatTheServerEndedCostsNoRequest() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let pid: Int = try await pool.query("SELECT pg_backend_pid()::int8 AS pid").singleRow().value("pid")
            try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { other in
                try await other.query("SELECT pg_terminate_backend(\(pid)::int)")
                var isAlive = true
                while isAlive {
                    let row =
                        try await other.query(
                            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid)) AS alive"
                        )
                        .singleRow()
                    isAlive = try row.value("alive")
                }
            }
            // A connection is asked whether it lives when it was parked for a moment.
            try await Task.sleep(for: .milliseconds(50))
            try await pool.query("SELECT 1")
        }
    }

    @Test func aClosedPoolLendsNothing() async throws {
        let pool = ConnectionPool(configuration: try await TestServer.configuration(), logger: TestServer.logger)
        try await pool.query("SELECT 1")
        await pool.shutDown()
        await #expect(throws: PostgreSQLError.poolClosed) { try await pool.query("SELECT 1") }
    }
}
