import Foundation
import LocalServers
import PostgreSQL
import Testing

@Suite("PostgreSQL going away and coming back", .serialized)
struct RecoveryTests {
    @Test func thePoolAndTheListenerOutliveARestart() async throws {
        try await TestServer.withOwnCluster { cluster in
            let configuration = try PostgreSQLConfiguration(
                uri: cluster.uri(),
                poolSize: 3,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            )
            let listener = NotificationListener(
                configuration: configuration,
                channels: ["portico_test"],
                logger: TestServer.logger
            )
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

    @Test func aServerThatNeverAnswersFailsAllWhoWait() async throws {
        let silence = try SilentServer()
        let configuration = try PostgreSQLConfiguration(
            uri: "postgresql://ann:secret@127.0.0.1:\(silence.port)/db",
            poolSize: 2,
            acquireTimeout: .seconds(600),
            connectTimeout: .seconds(2)
        )
        try await TestServer.withPool(configuration) { pool in
            let errors = await withTaskGroup(of: (any Error)?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do {
                            try await pool.query("SELECT 1")
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors.count == 5)
            for error in errors {
                guard case .unavailable(let reason) = error as? PostgreSQLError else {
                    Issue.record("not unavailable: \(String(describing: error))")
                    continue
                }
                #expect(!reason.contains("secret"))
            }
        }
    }

    @Test func aServerThatFallsSilentIsGivenUp() async throws {
        try await TestServer.withOwnCluster { cluster in
            let configuration = try PostgreSQLConfiguration(uri: cluster.uri(), statementTimeout: .milliseconds(500))
            let connection = try await Connection.open(configuration)
            let row = try await connection.query("SELECT pg_backend_pid()::int8 AS pid").singleRow()
            let pid = pid_t(try row.value("pid", as: Int.self))
            // A process that is stopped neither answers nor hangs up, like a network that swallows packets.
            #expect(kill(pid, SIGSTOP) == 0)
            await #expect(throws: PostgreSQLError.statementTimedOut) { try await connection.query("SELECT 1") }
            #expect(!connection.isReusable)
            #expect(kill(pid, SIGCONT) == 0)
            await connection.close()
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
