import Foundation
import PostgreSQL
import Testing

@Suite("Transactions", .serialized)
struct TransactionTests {
    private struct Unwanted: Error {}

    /// Lends a pool and the name of a table of the test's own, with one row `(1, 0)`.
    private func withTable(_ body: (ConnectionPool, String) async throws -> Void) async throws {
        let table = "test_\(UUID().uuidString.replacing("-", with: "").lowercased())"
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 4)) { pool in
            try await pool.query("CREATE TABLE \(identifier: table) (id bigint PRIMARY KEY, count bigint NOT NULL)")
            try await pool.query("INSERT INTO \(identifier: table) VALUES (1, 0), (2, 0)")
            do {
                try await body(pool, table)
            } catch {
                try await pool.query("DROP TABLE \(identifier: table)")
                throw error
            }
            try await pool.query("DROP TABLE \(identifier: table)")
        }
    }

    private func count(_ pool: ConnectionPool, _ table: String, id: Int = 1) async throws -> Int {
        try await pool.query("SELECT count FROM \(identifier: table) WHERE id = \(id)").singleRow().value("count")
    }

    @Test func whatThrowsIsRolledBack() async throws {
        try await self.withTable { pool, table in
            await #expect(throws: Unwanted.self) {
                try await pool.withTransaction { transaction in
                    try await transaction.query("UPDATE \(identifier: table) SET count = 5")
                    throw Unwanted()
                }
            }
            let count = try await self.count(pool, table)
            #expect(count == 0)
        }
    }

    @Test func aTransactionLocalSettingEndsWithIt() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let inside: String = try await pool.withTransaction(
                prelude: ["SELECT set_config('portico.test', \("inside"), true)"]
            ) { transaction in
                let row = try await transaction.query("SELECT current_setting('portico.test') AS value").singleRow()
                return try row.value("value")
            }
            #expect(inside == "inside")
            let row = try await pool.query("SELECT current_setting('portico.test', true) AS value").singleRow()
            #expect(try row.optional("value", as: String.self) != "inside")
        }
    }

    @Test func concurrentSerializableTransactionsAllSucceedInTheEnd() async throws {
        try await self.withTable { pool, table in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await pool.withTransaction(isolation: .serializable) { transaction in
                            let row = try await transaction.query("SELECT count FROM \(identifier: table) WHERE id = 1")
                                .singleRow()
                            let count: Int = try row.value("count")
                            try await transaction.query(
                                "UPDATE \(identifier: table) SET count = \(count + 1) WHERE id = 1"
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await self.count(pool, table) == 4)
        }
    }

    @Test func aSerializationFailureRunsTheWholeBodyAgain() async throws {
        try await self.withTable { pool, table in
            let attempts = Counter()
            try await pool.withTransaction(isolation: .repeatableRead) { transaction in
                let row = try await transaction.query("SELECT count FROM \(identifier: table) WHERE id = 1").singleRow()
                let count: Int = try row.value("count")
                if attempts.next() == 1 {
                    try await pool.query("UPDATE \(identifier: table) SET count = 10 WHERE id = 1")
                }
                try await transaction.query("UPDATE \(identifier: table) SET count = \(count + 1) WHERE id = 1")
            }
            #expect(attempts.value == 2)
            #expect(try await self.count(pool, table) == 11)
        }
    }

    @Test func theVictimOfADeadlockRunsAgain() async throws {
        try await self.withTable { pool, table in
            let attempts = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await pool.withTransaction { transaction in
                            _ = attempts.next()
                            try await transaction.query("SET LOCAL deadlock_timeout = '20ms'")
                            for id in [first, second] {
                                try await transaction.query(
                                    "UPDATE \(identifier: table) SET count = count + 1 WHERE id = \(id)"
                                )
                                try await transaction.query("SELECT pg_sleep(0.05)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await self.count(pool, table) == 2)
            #expect(try await self.count(pool, table, id: 2) == 2)
            #expect(attempts.value >= 2)
        }
    }

    @Test func anErrorOfTheStatementIsNotTriedAgain() async throws {
        try await self.withTable { pool, table in
            let attempts = Counter()
            let error = await #expect(throws: PostgreSQLError.self) {
                try await pool.withTransaction { transaction in
                    _ = attempts.next()
                    try await transaction.query("INSERT INTO \(identifier: table) VALUES (1, 0)")
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(attempts.value == 1)
        }
    }
}
