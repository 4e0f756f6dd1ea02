import Foundation
import LocalServers
import PostgreSQL
import Testing

@Suite("Connections", .serialized)
struct ConnectionTests {
    /// Opens a connection, lends it and closes it.
    private func withConnection(
        _ configuration: PostgreSQLConfiguration? = nil,
        _ body: (Connection) async throws -> Void
    ) async throws {
        var settings = configuration
        if settings == nil {
            settings = try await TestServer.configuration()
        }
        let connection = try await Connection.open(try #require(settings))
        do {
            try await body(connection)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    @Test func aValueCannotChangeTheStatement() async throws {
        try await self.withConnection { connection in
            let hostile = "'); DROP TABLE pg_class; --"
            let row = try await connection.query("SELECT \(hostile) AS value").singleRow()
            #expect(try row.value("value", as: String.self) == hostile)
        }
    }

    @Test func aStatementIsPreparedOnce() async throws {
        try await self.withConnection { connection in
            for number in 0..<5 {
                try await connection.query("SELECT \(number) AS repeated")
            }
            let prepared =
                try await connection.query(
                    "SELECT count(*) AS count FROM pg_prepared_statements WHERE statement LIKE '%AS repeated'"
                )
                .singleRow()
            #expect(try prepared.value("count", as: Int.self) == 1)
        }
    }

    @Test func manyDistinctStatementsDoNotPileUp() async throws {
        try await self.withConnection { connection in
            for number in 0..<300 {
                try await connection.query(SQL(unsafeSQL: "SELECT 1 AS number_\(number)"))
            }
            let prepared = try await connection.query("SELECT count(*) AS count FROM pg_prepared_statements")
                .singleRow()
            #expect(try prepared.value("count", as: Int.self) <= 256)
        }
    }

    @Test func aChangedTableDoesNotBreakAPreparedStatementForGood() async throws {
        try await self.withConnection { connection in
            let select: SQL = "SELECT * FROM changing"
            try await connection.query("CREATE TEMPORARY TABLE changing (a bigint)")
            try await connection.query(select)
            try await connection.query("ALTER TABLE changing ADD COLUMN b text")
            let error = await #expect(throws: PostgreSQLError.self) { try await connection.query(select) }
            #expect(error?.sqlState == .featureNotSupported)
            try await connection.query(select)
        }
    }

    @Test func aBatchStopsAtItsFirstFailureAndUndoesWhatCameBefore() async throws {
        try await self.withConnection { connection in
            try await connection.query("CREATE TEMPORARY TABLE batch (a bigint PRIMARY KEY)")
            let error = await #expect(throws: PostgreSQLError.self) {
                _ = try await connection.pipeline([
                    "INSERT INTO batch VALUES (\(1))", "INSERT INTO batch VALUES (\(1))",
                    "INSERT INTO batch VALUES (\(2))",
                ])
            }
            #expect(error?.sqlState == .uniqueViolation)
            let row = try await connection.query("SELECT count(*) AS count FROM batch").singleRow()
            #expect(try row.value("count", as: Int.self) == 0)
        }
    }

    @Test func anErrorNamesItsCodeAndConstraintButNoValue() async throws {
        try await self.withConnection { connection in
            try await connection.query(
                "CREATE TEMPORARY TABLE people (email text CONSTRAINT people_email UNIQUE)"
            )
            try await connection.query("INSERT INTO people VALUES (\("ann@secret.example"))")
            let error = await #expect(throws: PostgreSQLError.self) {
                try await connection.query("INSERT INTO people VALUES (\("ann@secret.example"))")
            }
            guard case .server(let serverError) = error else {
                Issue.record("not a server's error: \(String(describing: error))")
                return
            }
            #expect(serverError.sqlState == .uniqueViolation)
            #expect(serverError.constraint == "people_email")
            #expect(error?.debugDescription.contains("secret.example") == false)
        }
    }

    @Test func aSlowStatementIsStopped() async throws {
        let configuration = try await TestServer.configuration(statementTimeout: .milliseconds(500))
        try await self.withConnection(configuration) { connection in
            await #expect(throws: PostgreSQLError.statementTimedOut) {
                try await connection.query("SELECT pg_sleep(60)")
            }
            // The server answered, so the connection is still good.
            #expect(connection.isReusable)
        }
    }

    @Test func aCancelledTaskStopsItsStatement() async throws {
        try await self.withConnection { connection in
            try await self.withConnection { observer in
                let task = Task {
                    try await connection.query("SELECT pg_sleep(600) AS cancel_me")
                }
                try await Self.wait(until: "query LIKE '%AS cancel_me' AND state = 'active'", on: observer)
                task.cancel()
                await #expect(throws: PostgreSQLError.cancelled) { _ = try await task.value }
                #expect(!connection.isReusable)
            }
        }
    }

    @Test func theSessionRoleIsTaken() async throws {
        var configuration = try await TestServer.configuration()
        configuration.sessionRole = "pg_monitor"
        try await self.withConnection(configuration) { connection in
            let row = try await connection.query("SELECT current_user::text AS role").singleRow()
            #expect(try row.value("role", as: String.self) == "pg_monitor")
        }
        configuration.sessionRole = "no \"such role"
        await #expect(throws: PostgreSQLError.self) { try await Connection.open(configuration) }
    }

    @Test func aServerThatIsNotThereIsNamedWithoutThePassword() async throws {
        let port = try TCPPort.free()
        let configuration = try PostgreSQLConfiguration(uri: "postgresql://ann:secret@127.0.0.1:\(port)/db")
        let error = await #expect(throws: PostgreSQLError.self) { try await Connection.open(configuration) }
        #expect(error?.isUnavailability == true)
        #expect(error?.debugDescription.contains("secret") == false)
    }

    @Test func theSecondHostServesWhenTheFirstIsAway() async throws {
        let port = try TCPPort.free()
        try await TestServer.withOwnCluster { cluster in
            let folder = cluster.socketFolder.path
            let configuration = try PostgreSQLConfiguration(
                uri: "host=127.0.0.1,\(folder) port=\(port),5432 user=postgres dbname=postgres"
            )
            try await self.withConnection(configuration) { connection in
                try await connection.query("SELECT 1")
            }
        }
    }

    /// Waits until a condition on `pg_stat_activity` holds for some connection.
    static func wait(until condition: String, on observer: Connection) async throws {
        while true {
            let row =
                try await observer.query(
                    SQL(
                        unsafeSQL:
                            "SELECT count(*) AS count FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND \(condition)"
                    )
                )
                .singleRow()
            if try row.value("count", as: Int.self) > 0 {
                return
            }
        }
    }
}
