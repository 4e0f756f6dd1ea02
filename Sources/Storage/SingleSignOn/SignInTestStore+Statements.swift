import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// The statements about test sign-ins, and the reading of their rows.
extension SignInTestStore {
    /// The number of the version that has these settings.
    ///
    /// Settings that were saved before versions were kept have none, and get one now.
    static func version(
        of settings: SingleSignOnSettings,
        _ edited: ConfiguredWorkspace,
        now: Date,
        in transaction: Transaction
    ) async throws -> Int {
        let digest = SingleSignOnVersion(of: edited)
        let known = try await transaction.query(SingleSignOnVersionStatements.number(of: digest))
        if let row = try known.optionalRow() { return try row.value("number") }
        let insertion = try SingleSignOnVersionStatements.insert(
            settings,
            digest: digest,
            as: .inForce,
            actor: .system,
            now: now
        )
        return try await transaction.query(insertion).singleRow().value("number")
    }

    /// Ends what the same session or visit began before.
    static func supersede(_ owner: SignInTest.Owner) -> SQL {
        """
        WITH earlier AS (
            DELETE FROM sign_in_tests WHERE workspace_id = portico_workspace()
                AND (session_hash = \(owner.sessionHash) OR visit_hash = \(owner.visitHash))
            RETURNING request_id
        )
        DELETE FROM authn_request_index i USING earlier WHERE i.request_id = earlier.request_id
        """
    }

    static func insert(_ test: SignInTest) -> SQL {
        let request = test.request
        return """
            INSERT INTO sign_in_tests (workspace_id, request_id, version_number, session_hash, visit_hash, browser_hash,
                relay_state, created_at, expires_at)
            VALUES (portico_workspace(), \(request.id.value), \(test.version), \(test.owner.sessionHash),
                \(test.owner.visitHash), \(request.browserHash.bytes), \(request.relayState), \(request.createdAt),
                \(request.expiresAt))
            """
    }

    /// Says in which workspace the test is; the result is found by it too, as long as there is one.
    static func index(_ test: SignInTest) -> SQL {
        """
        INSERT INTO authn_request_index (request_id, workspace_id, expires_at)
        VALUES (\(test.request.id.value), portico_workspace(), \(test.request.expiresAt.addingTimeInterval(3600)))
        """
    }

    /// Ends a test; one affected row says that it waited.
    static func claim(_ test: SignInTest, now: Date) -> SQL {
        """
        UPDATE sign_in_tests SET finished_at = \(now)
        WHERE workspace_id = portico_workspace() AND request_id = \(test.request.id.value) AND finished_at IS NULL
        """
    }
}

extension SignInTest.Owner {
    fileprivate var sessionHash: [UInt8]? {
        switch self {
        case .session(let hash): hash.bytes
        case .visit: nil
        }
    }

    fileprivate var visitHash: [UInt8]? {
        switch self {
        case .session: nil
        case .visit(let hash): hash.bytes
        }
    }

    fileprivate init(_ row: Row) throws {
        if let bytes: [UInt8] = try row.optional("session_hash") {
            guard let hash = SessionTokenHash(bytes: bytes) else { throw StoredValueError(column: "session_hash") }
            self = .session(hash)
        } else {
            let bytes: [UInt8] = try row.value("visit_hash")
            guard let hash = SecretTokenHash<SetupVisit>(bytes: bytes) else {
                throw StoredValueError(column: "visit_hash")
            }
            self = .visit(hash)
        }
    }
}

extension SignInTest {
    init(_ row: Row) throws {
        guard let browserHash = BrowserHash(bytes: try row.value("browser_hash", as: [UInt8].self)) else {
            throw StoredValueError(column: "browser_hash")
        }
        let request = OutstandingRequest(
            id: try row.value("request_id") { MessageID($0) },
            workspaceID: WorkspaceID(try row.value("workspace_id", as: UUID.self)),
            intent: .signIn,
            returnPath: .root,
            browserHash: browserHash,
            relayState: try row.value("relay_state"),
            invitedUser: nil,
            createdAt: try row.value("created_at"),
            expiresAt: try row.value("expires_at")
        )
        var result: SignInTestResult?
        if let finishedAt: Date = try row.optional("finished_at"),
            let json: PostgreSQLJSON = try row.optional("result")
        {
            result = try json.decode(as: StoredSignInTestResult.self).restored(finishedAt: finishedAt)
        }
        self.init(
            request: request,
            owner: try Owner(row),
            version: try row.value("version_number"),
            settings: try row.singleSignOnSettings(),
            result: result
        )
    }
}
