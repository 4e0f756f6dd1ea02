import PostgreSQL
import Storage

extension TestStorage {
    /// The number of rows of a table, of all workspaces.
    func count(_ table: String, where condition: SQL = "true") async throws -> Int {
        try await self.owner
            .query(
                "SELECT count(*) AS count FROM \(identifier: table) WHERE \(fragment: condition)"
            )
            .singleRow().value("count")
    }

    /// Waits until a statement in this database waits for a lock.
    ///
    /// - Throws: An error after a minute, in which whatever was to wait has failed instead.
    func waitForAWaitingStatement() async throws {
        for _ in 0..<3000 {
            let waiting = try await self.owner.query(
                """
                SELECT count(*) AS count FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """
            )
            if try waiting.singleRow().value("count", as: Int.self) > 0 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw NothingWaits()
    }

    /// No statement has come to wait for a lock.
    struct NothingWaits: Error {}
}
