import FoundationEssentials
package import PostgreSQL
package import Workspaces

/// Sign-ins with a passphrase, from the name that was typed to the session.
///
///     candidate ──► scrypt, outside of any transaction ──► complete ──► session
package struct LocalSignInStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Finds whom a form names.
    ///
    /// One round trip, whoever it is.
    ///
    /// - Returns: `nil` for a Company ID that no workspace has.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func candidate(companyID: CompanyID, email: Email) async throws -> LocalSignInCandidate? {
        let result = try await self.pool.query(
            """
            SELECT w.workspace_id, \(fragment: StoredLocalCredential.columns)
            FROM workspaces w
            LEFT JOIN memberships m ON m.workspace_id = w.workspace_id AND m.email = \(email.value)
            LEFT JOIN local_credentials c ON c.workspace_id = m.workspace_id AND c.user_id = m.user_id
            WHERE w.workspace_id = portico_workspace() AND w.deleted_at IS NULL
            """,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT workspace_id::text FROM company_ids WHERE folded = \(companyID.folded)), true)
                """
        )
        return try result.optionalRow()
            .map { row in
                LocalSignInCandidate(
                    scope: WorkspaceScope(WorkspaceID(try row.value("workspace_id", as: UUID.self))),
                    credential: try StoredLocalCredential(joined: row)
                )
            }
    }

    /// Decides about a sign-in and writes what it comes to: the session and the membership, or the refusal.
    ///
    /// - Parameters:
    ///   - candidate: What the proof was given for; one that is not there any more proves nothing.
    ///   - email: Whose address was typed.
    ///   - proof: What the form has proved.
    ///   - codeStep: The time step of the code that was right, where one is wanted.
    ///   - terms: What belongs to this one request.
    /// - Returns: The session, or why there is none.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``, ``WorkspaceStoreError/workspaceDeleted``.
    package func complete(
        _ candidate: LocalSignInCandidate,
        _ email: Email,
        proof: LocalSignInProof,
        codeStep: Int?,
        terms: LocalSignInTerms
    ) async throws -> LocalSignInResult {
        let completion = LocalSignInCompletion(
            candidate: candidate,
            email: email,
            proof: proof,
            codeStep: codeStep,
            terms: terms
        )
        return try await self.pool.withFreshFacts(in: candidate.scope) { try await completion.run(in: $0) }
    }
}
