import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

/// A workspace in a test's database, with an identity provider and a claimed domain, and people signing in to it.
struct SampleWorkspace: Sendable {
    let storage: TestStorage
    let id: WorkspaceID
    let companyID: CompanyID
    let domain: String

    static let now = Date(timeIntervalSince1970: 1_800_000_000)
    static let issuer = "https://idp.example/metadata"
    static let fingerprint = "AB:CD"

    var scope: WorkspaceScope { WorkspaceScope(self.id) }
    var signIns: SignInStore { SignInStore(pool: self.storage.service) }
    var sessions: SessionStore { SessionStore(pool: self.storage.service) }
    var members: MembershipStore { MembershipStore(pool: self.storage.operators) }
    var workspaces: WorkspaceStore { WorkspaceStore(pool: self.storage.operators) }
    var audit: AuditStore { AuditStore(pool: self.storage.service) }

    /// Makes a workspace that people can sign in to.
    static func make(
        in storage: TestStorage,
        _ companyID: String = "company-a",
        owner: String? = nil,
        settings: WorkspaceChange = WorkspaceChange()
    ) async throws -> SampleWorkspace {
        let workspaces = WorkspaceStore(pool: storage.operators)
        let creation = try WorkspaceDraft(companyID: companyID, owner: owner, settings: settings)
            .create(
                id: .random(),
                defaultSPIssuer: try #require(EntityID("portico")),
                catalogue: .standard,
                actor: .operator,
                now: Self.now
            )
        try await workspaces.create(creation, catalogue: .standard)
        let sample = SampleWorkspace(
            storage: storage,
            id: creation.workspace.id,
            companyID: creation.workspace.companyID,
            domain: "\(companyID.lowercased()).example"
        )
        try await workspaces.claimDomain(sample.scope, actor: .operator, now: Self.now) { administration in
            try administration.claimDomain(sample.domain, proof: .operatorOverride)
        }
        try await workspaces.administer(sample.scope, actor: .operator, now: Self.now) { administration in
            try administration.configureSAML(
                SAMLConfigurationChange(
                    signInURL: "https://idp.example/sso",
                    issuer: Self.issuer,
                    certificates: [
                        PinnedCertificate(
                            der: [1, 2, 3],
                            sha256Fingerprint: Self.fingerprint,
                            notAfter: .distantFuture
                        )
                    ]
                ),
                loopbackHTTP: .refused
            )
        }
        try await workspaces.administer(sample.scope, actor: .operator, now: Self.now) { try $0.enableSAML() }
        return sample
    }

    /// The terms of a sign-in.
    static func terms(
        now: Date = Self.now,
        signUpPolicy: SignUpPolicy = .open,
        management: MembershipManagement = MembershipManagement()
    ) -> SignInTerms {
        SignInTerms(
            catalogue: .standard,
            signUpPolicy: signUpPolicy,
            management: management,
            sessionLimits: SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3_600)),
            requestID: .random(),
            now: now
        )
    }

    /// Stores a request as a browser's first step does.
    func begin(
        intent: SignInIntent = .signIn,
        replacing: SessionTokenHash? = nil
    ) async throws -> OutstandingRequest {
        let request = OutstandingRequest.begin(
            workspaceID: self.id,
            intent: intent,
            returnPath: ReturnPath("/projects?id=1"),
            browserHash: BrowserKey.random().hash,
            now: Self.now
        )
        try await self.signIns.begin(request, replacing: replacing)
        return request
    }

    /// The person that a fresh, valid assertion names.
    func identity(
        _ localPart: String,
        roles: [String]? = nil,
        groups: [String]? = nil,
        assertionID: MessageID = .random(),
        issuedAt: Date = Self.now
    ) throws -> AssertedIdentity {
        var attributes = [Attribute(name: "email", texts: ["\(localPart)@\(self.domain)"])]
        attributes.append(Attribute(name: "displayName", texts: [localPart.capitalized]))
        if let roles {
            attributes.append(Attribute(name: "roles", texts: roles))
        }
        if let groups {
            attributes.append(Attribute(name: "groups", texts: groups))
        }
        let assertion = try Self.validate(id: assertionID, attributes: attributes, issuedAt: issuedAt)
        return try AssertedIdentity(reading: assertion, names: AttributeNames())
    }

    /// Signs a person in from the beginning to the end.
    func signIn(
        _ localPart: String,
        roles: [String]? = nil,
        groups: [String]? = nil,
        management: MembershipManagement = MembershipManagement(),
        intent: SignInIntent = .signIn,
        now: Date = Self.now,
        replacing: SessionTokenHash? = nil
    ) async throws -> SignInResult {
        let request = try await self.begin(intent: intent, replacing: replacing)
        return try await self.signIns.complete(
            .request(request),
            identity: try self.identity(localPart, roles: roles, groups: groups, issuedAt: now),
            terms: Self.terms(now: now, management: management)
        )
    }

    /// Signs a person in who is expected to succeed.
    func session(of localPart: String, role: String = "LABELER") async throws -> Session {
        let result = try await self.signIn(localPart, roles: ["\(self.companyID)_\(role)"])
        return try #require(result.session)
    }

    /// Adds members in bulk, each with a session.
    func addPeople(_ count: Int) async throws {
        try await self.storage.owner.query(
            """
            WITH people AS MATERIALIZED (
                SELECT person, gen_random_uuid() AS user_id, sha256(convert_to('person ' || person, 'UTF8')) AS token_hash
                FROM generate_series(1, \(count)) AS person
            ), members AS (
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
                SELECT \(self.id.uuid), user_id, person || '@' || \(self.domain), 'Person', 'ACTIVE', 'LABELER',
                    'saml_roles', \(Self.now) FROM people
            ), tokens AS (
                INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
                SELECT token_hash, \(self.id.uuid), \(Self.now) FROM people
            )
            INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at,
                max_idle_seconds, last_seen_at, idp_issuer)
            SELECT \(self.id.uuid), gen_random_uuid(), token_hash, user_id, \(Self.now), \(Self.now), 3600, \(Self.now),
                \(Self.issuer) FROM people
            """
        )
    }

    /// The membership of a person who is there.
    func member(_ localPart: String) async throws -> Membership {
        try #require(try await self.members.membership(self.scope, of: try self.email(localPart)))
    }

    /// An address of the workspace's domain.
    func email(_ localPart: String) throws -> Email {
        try #require(Email("\(localPart)@\(self.domain)"))
    }

    /// Does something to a person as the operator.
    @discardableResult
    func administer(
        _ localPart: String,
        as attempt: MemberChangeAttempt = .removal,
        _ decide: @Sendable (MemberAdministration, UserRegistration) throws -> MemberAdministrationOutcome
    ) async throws -> MemberAdministrationOutcome {
        try await self.members.administer(self.request(attempt, of: try self.email(localPart)), decide: decide)
    }

    /// What the operator asks for about a person, so many seconds later.
    func request(
        _ attempt: MemberChangeAttempt,
        of email: Email,
        after seconds: TimeInterval = 0
    ) -> MemberChangeRequest {
        MemberChangeRequest(
            attempt,
            of: email,
            in: self.scope,
            catalogue: .standard,
            management: MembershipManagement(),
            actor: .operator,
            now: Self.now.addingTimeInterval(seconds)
        )
    }

    /// A checked assertion, made by the profile from a valid message.
    private static func validate(
        id: MessageID,
        attributes: [Attribute],
        issuedAt: Date
    ) throws -> ValidatedAssertion {
        let identityProvider = try #require(EntityID(Self.issuer))
        let requestID = try #require(MessageID("_request"))
        let acs = "https://portico.example/.portico/saml/acs"
        let expectations = Expectations(
            serviceProvider: try #require(EntityID("portico")),
            identityProvider: identityProvider,
            assertionConsumerService: acs,
            requestID: requestID,
            now: issuedAt
        )
        let confirmation = SubjectConfirmation(
            method: SubjectConfirmation.bearer,
            data: SubjectConfirmationData(
                notOnOrAfter: issuedAt.addingTimeInterval(300),
                recipient: acs,
                inResponseTo: requestID.value
            )
        )
        let assertion = Assertion(
            id: id,
            issueInstant: issuedAt,
            issuer: Issuer(identityProvider.value),
            subject: Subject(nameID: NameID(value: "name-id"), confirmations: [confirmation]),
            conditions: Conditions(
                notOnOrAfter: issuedAt.addingTimeInterval(300),
                conditions: [.audienceRestriction(["portico"])]
            ),
            authnStatements: [AuthnStatement(authnInstant: issuedAt)],
            attributes: attributes
        )
        let header = ResponseHeader(
            id: .random(),
            issueInstant: issuedAt,
            inResponseTo: requestID,
            destination: acs,
            issuer: Issuer(identityProvider.value),
            status: Status(code: Status.success)
        )
        return try WebBrowserSSOProfile(expectations, signaturePolicy: .either)
            .validate(assertion, in: header, signedParts: .assertion, certificateFingerprint: Self.fingerprint)
    }
}

extension SignInResult {
    /// The session, of a sign-in that succeeded.
    var session: Session? {
        guard case .signedIn(let session, _) = self else {
            return nil
        }
        return session
    }

    /// The reason, of a sign-in that did not.
    var refusal: RefusalCode? {
        guard case .refused(let code) = self else {
            return nil
        }
        return code
    }
}

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
