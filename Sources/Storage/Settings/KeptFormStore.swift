package import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Forms whose step wants a fresh sign-in, for the minutes until their person comes back from it: one of each person.
///
/// Nothing is done with what is kept. The page shows it again, and the person sends it again.
package struct KeptFormStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Keeps a form in place of the one before.
    ///
    /// - Throws: `PostgreSQLError`.
    package func keep(_ form: KeptForm, _ scope: WorkspaceScope, of userID: UserID, until end: Date) async throws {
        try await self.pool.query(
            """
            INSERT INTO kept_forms (workspace_id, user_id, path, names, texts, expires_at)
            VALUES (portico_workspace(), \(userID.uuid), \(form.path), \(form.names), \(form.texts), \(end))
            ON CONFLICT (workspace_id, user_id) DO UPDATE SET path = excluded.path, names = excluded.names,
                texts = excluded.texts, expires_at = excluded.expires_at
            """,
            in: scope
        )
    }

    /// Finds the form that a person had typed on a page.
    ///
    /// - Returns: `nil` where there is none, or where it was kept for its time.
    /// - Throws: `PostgreSQLError`.
    package func form(_ scope: WorkspaceScope, of userID: UserID, at path: String, now: Date) async throws -> KeptForm?
    {
        let row = try await self.pool
            .query(
                """
                SELECT names, texts FROM kept_forms
                WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid) AND path = \(path)
                    AND expires_at > \(now)
                """,
                in: scope
            )
            .optionalRow()
        guard let row else { return nil }
        let names: [String] = try row.value("names")
        let texts: [String] = try row.value("texts")
        guard names.count == texts.count else { throw StoredValueError(column: "texts") }
        return KeptForm(path: path, names: names, texts: texts)
    }

    /// Forgets what a person had typed on a page, because it was done.
    ///
    /// - Throws: `PostgreSQLError`.
    package func forget(_ scope: WorkspaceScope, of userID: UserID, at path: String) async throws {
        try await self.pool.query(
            """
            DELETE FROM kept_forms
            WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid) AND path = \(path)
            """,
            in: scope
        )
    }
}
