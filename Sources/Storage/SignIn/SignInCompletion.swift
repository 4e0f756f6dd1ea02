import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// One run of the transaction that ends a sign-in; `SignInStore+Completion.swift` draws it.
struct SignInCompletion: Sendable {
    let origin: SignInOrigin
    let identity: AssertedIdentity
    let terms: SignInTerms
    let checks: ResponseCheckList

    /// The workspace of the sign-in.
    var scope: WorkspaceScope {
        WorkspaceScope(self.origin.workspaceID)
    }

    private var replayKey: ReplayKey {
        ReplayKey(issuer: self.identity.assertion.issuer, id: self.identity.assertion.id)
    }

    /// Runs the transaction's statements.
    ///
    /// - Throws: ``MembershipWrite/StaleFacts``, `PostgreSQLError`, ``StoredValueError``.
    func run(in transaction: Transaction) async throws -> SignInResult {
        let factStatements = StoredSignInFacts.statements(about: self.identity, catalogue: self.terms.catalogue)
        let consumption = self.origin.request.map { [SignInStore.consume($0.id)] } ?? []
        var results = try await transaction.pipeline(consumption + [self.rememberAssertion] + factStatements)[...]
        let consumed = consumption.isEmpty ? nil : try results.removeFirst().optionalRow()
        // Only the run that remembered the assertion may forget it again.
        let isRemembered = results.removeFirst().affectedRows == 1
        guard consumption.isEmpty || consumed != nil else {
            return try await self.refuse(
                .requestUnknownOrUsed,
                forgetting: isRemembered ? self.replayKey : nil,
                in: transaction
            )
        }
        guard isRemembered else {
            return try await self.refuse(.replayed, forgetting: nil, in: transaction)
        }
        guard var facts = try StoredSignInFacts(results, management: self.terms.management) else {
            return try await self.refuse(.companyNotFound, forgetting: self.replayKey, in: transaction)
        }
        var outcome = self.decide(facts)
        if !outcome.isRoutine {
            let locked = try await transaction.pipeline([MembershipFacts.lock] + factStatements)
            let reading = locked.dropFirst()
            guard let current = try StoredSignInFacts(reading, management: self.terms.management) else {
                return try await self.refuse(.companyNotFound, forgetting: self.replayKey, in: transaction)
            }
            facts = current
            outcome = self.decide(facts)
        }
        let result = try await self.apply(outcome, facts: facts, in: transaction)
        if case .signedIn = result, let hash: [UInt8] = try consumed?.optional("replaces_session") {
            try await ReplacedSession(tokenHash: hash).end(in: transaction)
        }
        return result
    }

    // MARK: - Deciding

    private func signInFacts(_ facts: StoredSignInFacts) -> SignInFacts {
        facts.signInFacts(
            signUpPolicy: self.terms.signUpPolicy,
            invitedUser: self.origin.request?.invitedUser
        )
    }

    private func decide(_ facts: StoredSignInFacts) -> ProvisioningOutcome {
        do throws(RefusalCode) {
            try self.checkConfiguration(facts.people.configured)
        } catch {
            return .refused(error, effects: [], events: [self.refusalEvent(error)])
        }
        return ProvisioningDecision.decide(
            identity: self.identity,
            facts: self.signInFacts(facts),
            intent: self.origin.intent,
            catalogue: self.terms.catalogue,
            now: self.terms.now
        )
    }

    /// The assertion was checked against the configuration as it was a moment ago.
    ///
    /// What was switched off or replaced since then lets nobody in any more.
    private func checkConfiguration(_ configured: ConfiguredWorkspace) throws(RefusalCode) {
        let identityProvider = try configured.signInIdentityProvider()
        guard self.origin.request != nil || identityProvider.allowIdPInitiated else {
            throw .unsolicitedRefused
        }
        let assertion = self.identity.assertion
        guard identityProvider.issuer == assertion.issuer else {
            throw .issuerMismatch
        }
        guard
            identityProvider.certificates.contains(where: { $0.sha256Fingerprint == assertion.certificateFingerprint })
        else {
            throw .signatureInvalid
        }
        if let wanted = identityProvider.requestedAuthnContext {
            guard let classRef = assertion.authnContextClassRef, wanted.contains(classRef) else {
                throw .authnContextRefused
            }
        }
    }

    // MARK: - Writing

    private func apply(
        _ outcome: ProvisioningOutcome,
        facts: StoredSignInFacts,
        in transaction: Transaction
    ) async throws -> SignInResult {
        var write = MembershipWrite()
        switch outcome {
        case .refused(let code, let effects, let events):
            self.add(effects, user: facts.people.user, to: &write)
            self.add(events, in: facts.people.configured.workspace, to: &write)
            self.addRefusal(
                code,
                by: self.steps(to: outcome, facts),
                finding: self.findings(of: outcome, facts),
                forgetting: self.replayKey,
                to: &write
            )
            try await write.apply(in: transaction)
            return .refused(code)
        case .accepted(let change, let effects, let events):
            write.expectEnabledWorkspace()
            write.expectUnchangedTrust(in: self.identity.assertion, at: facts.people.configured.workspace)
            write.add(change, user: facts.people.user, now: self.terms.now)
            self.add(effects, user: facts.people.user, to: &write)
            self.add(events, in: facts.people.configured.workspace, to: &write)
            write.add(
                GroupStatements.see(self.seen(in: facts.people.configured.workspace), of: change.membership.userID)
            )
            self.addAttempt(
                nil,
                by: self.steps(to: outcome, facts),
                finding: self.findings(of: outcome, facts),
                to: &write
            )
            let token = SessionToken.random()
            let session = try self.makeSession(
                of: change.membership,
                in: facts.people.configured.workspace,
                assignments: outcome.assignments ?? facts.groups.assignments,
                token: token
            )
            self.add(session, to: &write)
            try await write.apply(in: transaction)
            return .signedIn(session, token)
        }
    }

    /// What is kept of the sign-in.
    private func seen(in workspace: Workspace) -> SeenSignIn {
        let roles = RolesAttribute.read(of: self.identity, in: workspace, catalogue: self.terms.catalogue)
        return SeenSignIn(seenAt: self.terms.now, groups: self.identity.groups, roles: SeenSignIn.kept(of: roles))
    }

    private func refuse(
        _ code: RefusalCode,
        forgetting replayKey: ReplayKey?,
        in transaction: Transaction
    ) async throws -> SignInResult {
        var write = MembershipWrite()
        write.add(AuditStore.insert(self.refusalEvent(code).naming(self.terms.requestID)))
        self.addRefusal(code, by: [.refusal(by: code)], forgetting: replayKey, to: &write)
        try await write.apply(in: transaction)
        return .refused(code)
    }

    private func add(_ effects: [SignInEffect], user: UserRegistration, to write: inout MembershipWrite) {
        for effect in effects {
            switch effect {
            case .latchRoles(let time):
                write.add(
                    """
                    UPDATE workspaces SET roles_first_seen_at = \(time)
                    WHERE workspace_id = portico_workspace() AND roles_first_seen_at IS NULL
                    """
                )
            case .revokeSessions(let invalidation):
                write.add(SessionEffect.revoke(invalidation))
                // Whom the identity provider turned away must not come back with a passphrase and the role of before.
                if case .member(_, let userID) = invalidation {
                    for statement in LocalCredentialStore.forget(unlessOwner: userID) { write.add(statement) }
                }
            case .refreshSessions(let invalidation):
                write.add(SessionEffect.refresh(invalidation))
            case .register(let change), .deactivate(let change):
                write.add(change, user: user, now: self.terms.now)
            case .assign(let userID, let assignments):
                for statement in GroupStatements.replace(of: userID, with: assignments) { write.add(statement) }
            }
        }
    }

    /// Adds what the workspace's log says, and what of it the operator has to know.
    private func add(_ events: [AuditEvent], in workspace: Workspace, to write: inout MembershipWrite) {
        let events = events.map { $0.naming(self.terms.requestID) }
        write.add(events)
        for event in events.compactMap({ $0.forOperator(of: workspace.companyID) }) {
            write.add(AuditStore.insertForOperator(event))
        }
    }

    /// The steps that led to an outcome.
    private func steps(to outcome: ProvisioningOutcome, _ facts: StoredSignInFacts) -> [SignInCheck] {
        SignInCheck.provisioning(
            outcome,
            identity: self.identity,
            facts: self.signInFacts(facts),
            catalogue: self.terms.catalogue
        )
    }

    /// What there is to tell of an outcome.
    private func findings(of outcome: ProvisioningOutcome, _ facts: StoredSignInFacts) -> SignInFindings {
        SignInFindings(
            outcome,
            identity: self.identity,
            facts: self.signInFacts(facts),
            catalogue: self.terms.catalogue
        )
    }

    /// A refused assertion let nobody in, so it is not remembered; what is remembered is why.
    private func addRefusal(
        _ code: RefusalCode,
        by steps: [SignInCheck],
        finding findings: SignInFindings = SignInFindings(),
        forgetting replayKey: ReplayKey?,
        to write: inout MembershipWrite
    ) {
        if let replayKey {
            write.add("DELETE FROM replay_keys WHERE replay_key = \(replayKey.bytes)")
        }
        self.addAttempt(code, by: steps, finding: findings, to: &write)
    }

    /// Keeps every check; a sign-in that succeeded has no code.
    private func addAttempt(
        _ code: RefusalCode?,
        by steps: [SignInCheck],
        finding findings: SignInFindings,
        to write: inout MembershipWrite
    ) {
        let attempt = SignInAttempt(
            requestID: self.terms.requestID,
            occurredAt: self.terms.now,
            code: code,
            checks: SignInCheck.list(self.checks, steps: [.email(self.identity)] + steps),
            findings: findings
        )
        for statement in SignInAttemptStore.record(attempt) { write.add(statement) }
    }

    private var rememberAssertion: SQL {
        self.replayKey.remember(until: self.identity.assertion.replayableUntil)
    }

    private func refusalEvent(_ code: RefusalCode) -> AuditEvent {
        AuditEvent(
            time: self.terms.now,
            workspaceID: self.origin.workspaceID,
            actor: .identityProvider,
            action: .signIn,
            email: self.identity.email.value,
            outcome: .refused(code),
            detail: [
                "issuer": self.identity.assertion.issuer.value,
                "assertion_id": self.identity.assertion.id.value,
                "certificate": self.identity.assertion.certificateFingerprint,
            ]
        )
    }
}

extension ProvisioningOutcome {
    /// Whether the outcome changes nothing that another sign-in or an administrator could decide on at the same time.
    fileprivate var isRoutine: Bool {
        switch self {
        case .refused(_, let effects, _):
            effects.isEmpty
        case .accepted(.unchanged, let effects, _):
            effects.isEmpty
        case .accepted(.updated(let old, let new), let effects, _):
            effects.isEmpty && old.state == new.state && old.role == new.role && old.roleSource == new.roleSource
                && old.isOwner == new.isOwner && old.authzVersion == new.authzVersion
        case .accepted(.inserted, _, _):
            false
        }
    }
}
