import FoundationEssentials
package import PostgreSQL
package import SAML
package import Workspaces

/// Sign-ins from their beginning to their end.
///
///     begin ──► stored request ──► outstandingRequest ──► rules of SAML ──► complete ──► session
///                                                             │                │
///                                                             └─► refuse ◄─────┘ refused by what the workspace knows
///
/// `complete` is in `SignInStore+Completion.swift`.
package struct SignInStore: Sendable {
    let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Stores a request before the browser is sent to the identity provider.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - replacing: The session that the browser has now, of whatever workspace. The sign-in ends it when it succeeds
    ///     (behavior S4). The browser does not show its cookie when the identity provider posts the response from
    ///     another site, so this is the time to note it.
    /// - Throws: `PostgreSQLError`.
    package func begin(_ request: OutstandingRequest, replacing: SessionTokenHash? = nil) async throws {
        try await self.pool.withTransaction(in: WorkspaceScope(request.workspaceID)) { transaction in
            _ = try await transaction.pipeline([
                """
                INSERT INTO authn_requests (workspace_id, request_id, intent, return_path, browser_hash, relay_state,
                    invited_user, created_at, expires_at, replaces_session, is_confirmation)
                VALUES (portico_workspace(), \(request.id.value), \(request.intent.rawValue),
                    \(request.returnPath.value), \(request.browserHash.bytes), \(request.relayState),
                    \(request.invitedUser?.uuid), \(request.createdAt), \(request.expiresAt), \(replacing?.bytes),
                    \(request.isConfirmation))
                """,
                """
                INSERT INTO authn_request_index (request_id, workspace_id, expires_at)
                VALUES (\(request.id.value), portico_workspace(), \(request.expiresAt))
                """,
            ])
        }
    }

    /// Finds the request that a response answers, and leaves it where it is.
    ///
    /// One round trip.
    ///
    /// - Returns: `nil` for one that was never made, was used, or was pruned.
    /// - Throws: `PostgreSQLError`.
    package func outstandingRequest(id: MessageID) async throws -> OutstandingRequest? {
        let result = try await self.pool.query(
            """
            SELECT workspace_id, request_id, intent, return_path, browser_hash, is_confirmation, relay_state, invited_user,
                created_at, expires_at
            FROM authn_requests WHERE workspace_id = portico_workspace() AND request_id = \(id.value)
            """,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT workspace_id::text FROM authn_request_index WHERE request_id = \(id.value)), true)
                """
        )
        return try result.optionalRow().map { try OutstandingRequest($0) }
    }

    /// Writes down a refusal that needed no fact about the person: what was wrong and the event for the audit log.
    ///
    /// - Parameters:
    ///   - scope: The workspace of the stored request.
    ///   - requestID: The stored request, to consume it because the browser that began it has answered; `nil` to leave
    ///     it, because the response came from another browser (rulings 2).
    ///   - attempt: What was wrong.
    ///   - event: What the audit log says.
    /// - Throws: `PostgreSQLError`.
    package func refuse(
        _ scope: WorkspaceScope,
        consuming requestID: MessageID?,
        attempt: SignInAttempt,
        event: AuditEvent
    ) async throws {
        var statements = SignInAttemptStore.record(attempt) + [AuditStore.insert(event)]
        if let requestID {
            statements.append(Self.consume(requestID))
        }
        let batch = statements
        try await self.pool.withTransaction(in: scope) { transaction in
            _ = try await transaction.pipeline(batch)
        }
    }

    /// Writes down a refusal that led to no workspace: what was wrong and the event for the operator's log.
    ///
    /// - Throws: `PostgreSQLError`.
    package func refuseWithoutWorkspace(attempt: SignInAttempt, event: AuditEvent) async throws {
        let batch = SignInAttemptStore.recordForOperator(attempt) + [AuditStore.insertForOperator(event)]
        try await self.pool.withTransaction { transaction in
            _ = try await transaction.pipeline(batch)
        }
    }

    /// Reads what a sign-in would be decided upon, and changes nothing.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - identity: The person that an assertion names, and the groups.
    ///   - catalogue: The roles of the installation.
    ///   - signUpPolicy: Who may register without an invitation.
    ///   - management: Who manages roles, spaces and projects.
    /// - Returns: The facts of this moment; nil if the workspace was deleted.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func facts(
        _ scope: WorkspaceScope,
        about identity: AssertedIdentity,
        catalogue: RoleCatalogue,
        signUpPolicy: SignUpPolicy,
        management: MembershipManagement
    ) async throws -> SignInFacts? {
        try await self.pool.withTransaction(in: scope) { transaction in
            let statements = StoredSignInFacts.statements(about: identity, catalogue: catalogue)
            let facts = try StoredSignInFacts(try await transaction.pipeline(statements), management: management)
            return facts?.signInFacts(signUpPolicy: signUpPolicy)
        }
    }

    // MARK: - Statements

    /// Deletes a stored request; one row, with the session that it replaces, says that it was there.
    static func consume(_ requestID: MessageID) -> SQL {
        """
        WITH consumed AS (
            DELETE FROM authn_requests WHERE workspace_id = portico_workspace() AND request_id = \(requestID.value)
            RETURNING request_id, replaces_session
        )
        DELETE FROM authn_request_index i USING consumed WHERE i.request_id = consumed.request_id
        RETURNING consumed.replaces_session
        """
    }
}

extension OutstandingRequest {
    fileprivate init(_ row: Row) throws {
        guard let browserHash = BrowserHash(bytes: try row.value("browser_hash", as: [UInt8].self)) else {
            throw StoredValueError(column: "browser_hash")
        }
        self.init(
            id: try row.value("request_id") { MessageID($0) },
            workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
            intent: try row.value("intent") { SignInIntent(rawValue: $0) },
            returnPath: ReturnPath(try row.value("return_path")),
            browserHash: browserHash,
            isConfirmation: try row.value("is_confirmation"),
            relayState: try row.value("relay_state"),
            invitedUser: try row.optional("invited_user", as: UUID.self).map { UserID($0) },
            createdAt: try row.value("created_at"),
            expiresAt: try row.value("expires_at")
        )
    }
}
