package import FoundationEssentials
package import PostgreSQL
package import SAML
package import Workspaces

/// Test sign-ins from their beginning in the settings to their result there (behavior T7).
///
///     begin ──► sign_in_tests ──► test ──► rules of SAML ──► finish ──► result
///
/// A test is in no table that a sign-in reads, and a stored request in none that a test reads: a response that answers
/// one can never be taken for an answer to the other. `finish` remembers the assertion as a sign-in does, so that nobody
/// can use it for anything else, and writes nothing about people.
package struct SignInTestStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// Begins a test of the settings that are being edited: the draft, or what is saved where there is none.
    ///
    /// An earlier test of the same session or visit ends.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - owner: Who begins it.
    ///   - browserHash: The browser, which alone may finish it.
    ///   - now: The present.
    /// - Returns: The test.
    /// - Throws: ``AdministrationRefusal/samlNotConfigured``, ``WorkspaceStoreError/workspaceDeleted``,
    ///   `PostgreSQLError`, ``StoredValueError``.
    package func begin(
        _ scope: WorkspaceScope,
        owner: SignInTest.Owner,
        browserHash: BrowserHash,
        now: Date
    ) async throws -> SignInTest {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            let draft = try await transaction.query(SingleSignOnVersionStatements.draft).optionalRow()
            let edited = try draft?.singleSignOnSettings().applied(to: configured) ?? configured
            guard let settings = SingleSignOnSettings(of: edited) else { throw AdministrationRefusal.samlNotConfigured }
            let version = try await Self.version(of: settings, edited, now: now, in: transaction)
            let request = OutstandingRequest.begin(
                workspaceID: scope.workspaceID,
                intent: .signIn,
                returnPath: .root,
                browserHash: browserHash,
                now: now
            )
            let test = SignInTest(request: request, owner: owner, version: version, settings: settings, result: nil)
            _ = try await transaction.pipeline([Self.supersede(owner), Self.insert(test), Self.index(test)])
            return test
        }
    }

    /// Finds the test that a response answers, or whose result is asked for.
    ///
    /// - Returns: `nil` for one that was never begun, or was superseded or pruned.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func test(id: MessageID) async throws -> SignInTest? {
        let result = try await self.pool.query(
            """
            SELECT t.workspace_id, t.request_id, t.session_hash, t.visit_hash, t.browser_hash, t.relay_state,
                t.created_at, t.expires_at, t.finished_at, t.result, t.version_number, v.settings
            FROM sign_in_tests t JOIN single_sign_on_versions v
                ON v.workspace_id = t.workspace_id AND v.number = t.version_number
            WHERE t.workspace_id = portico_workspace() AND t.request_id = \(id.value)
            """,
            entering: """
                SELECT set_config('portico.workspace_id',
                    (SELECT workspace_id::text FROM authn_request_index WHERE request_id = \(id.value)), true)
                """
        )
        return try result.optionalRow().map { try SignInTest($0) }
    }

    /// Whether whoever began a test still may see the settings: signed in as an administrator, or on a visit.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func isOwned(_ test: SignInTest, catalogue: RoleCatalogue, now: Date) async throws -> Bool {
        let workspaceID = test.request.workspaceID
        switch test.owner {
        case .visit(let hash):
            return try await SetupStore(pool: self.pool).visit(hash, now: now)?.workspaceID == workspaceID
        case .session(let hash):
            guard let session = try await SessionStore(pool: self.pool).session(hash),
                session.workspaceID == workspaceID, session.validity(at: now) == .valid,
                let membership = try await MembershipStore(pool: self.pool)
                    .membership(WorkspaceScope(workspaceID), of: session.email)
            else { return false }
            return SettingsAccess.isGranted(to: membership, catalogue: catalogue)
        }
    }

    /// Ends a test with its result, once.
    ///
    /// - Parameters:
    ///   - test: The test; the browser, its time and its owner were checked.
    ///   - assertion: The checked assertion, which is remembered; `nil` where the response was refused.
    ///   - now: The present.
    ///   - event: What the audit log says of a result.
    ///   - conclude: Makes the result; its argument says whether the assertion was never used before.
    /// - Returns: The result; `nil` for a test that was ended meanwhile.
    /// - Throws: `PostgreSQLError`.
    package func finish(
        _ test: SignInTest,
        assertion: ValidatedAssertion?,
        now: Date,
        event: @Sendable (SignInTestResult) -> AuditEvent,
        conclude: @Sendable (_ isNew: Bool) -> SignInTestResult
    ) async throws -> SignInTestResult? {
        try await self.pool.withTransaction(in: WorkspaceScope(test.request.workspaceID)) { transaction in
            guard try await transaction.query(Self.claim(test, now: now)).affectedRows == 1 else { return nil }
            var isNew = true
            if let assertion {
                let key = ReplayKey(issuer: assertion.issuer, id: assertion.id)
                isNew = try await transaction.query(key.remember(until: assertion.replayableUntil)).affectedRows == 1
            }
            let result = conclude(isNew)
            let json = try PostgreSQLJSON(encoding: StoredSignInTestResult(result))
            var statements: [SQL] = [
                """
                UPDATE sign_in_tests SET result = \(json)
                WHERE workspace_id = portico_workspace() AND request_id = \(test.request.id.value)
                """,
                AuditStore.insert(event(result)),
            ]
            if result.isPassed {
                statements.append(SingleSignOnVersionStatements.pass(version: test.version, now: now))
            }
            _ = try await transaction.pipeline(statements)
            return result
        }
    }

    /// Writes a response down that cannot be the test's, and ends the test where its own browser brought it.
    ///
    /// - Throws: `PostgreSQLError`.
    package func refuse(_ test: SignInTest, ending: Bool, event: AuditEvent, now: Date) async throws {
        try await self.pool.withTransaction(in: WorkspaceScope(test.request.workspaceID)) { transaction in
            let end = ending ? [Self.claim(test, now: now)] : []
            _ = try await transaction.pipeline(end + [AuditStore.insert(event)])
        }
    }
}
