import FoundationEssentials
import PostgreSQL
import Workspaces

/// One run of the transaction that ends a sign-in with a passphrase.
struct LocalSignInCompletion: Sendable {
    let candidate: LocalSignInCandidate
    let email: Email
    let proof: LocalSignInProof
    let codeStep: Int?
    let terms: LocalSignInTerms

    /// Runs the transaction's statements.
    ///
    /// - Throws: ``MembershipWrite/StaleFacts``, `PostgreSQLError`, ``StoredValueError``.
    func run(in transaction: Transaction) async throws -> LocalSignInResult {
        let results = try await transaction.pipeline(
            [MembershipFacts.lock, self.readCredential]
                + MembershipFacts.statements(about: self.email, catalogue: self.terms.catalogue)
        )
        guard let facts = try MembershipFacts(results.dropFirst(2)) else {
            throw WorkspaceStoreError.workspaceDeleted
        }
        let credential = try results[1].optionalRow().flatMap { try StoredLocalCredential(joined: $0) }
        let decision = LocalSignInDecision(
            configured: facts.configured,
            membership: facts.membership,
            activeMembers: facts.activeMembers,
            proof: self.currentProof(credential)
        )
        let events = decision.events(of: self.email, clientAddress: self.terms.clientAddress, now: self.terms.now)
            .map { $0.naming(self.terms.requestID) }
        var write = MembershipWrite()
        switch decision.outcome {
        case .refused(let refusal):
            write.add(events)
            try await write.apply(in: transaction)
            return .refused(refusal)
        case .accepted(let change):
            let token = SessionToken.random()
            let session = try self.makeSession(of: change.membership, in: facts.configured.workspace, token: token)
            write.add(change, user: facts.user, now: self.terms.now)
            if let codeStep { write.add(Self.use(codeStep, of: change.membership.userID)) }
            write.add(SessionInsertion(session: session))
            write.add(events)
            try await write.apply(in: transaction)
            if let replaced = self.terms.replacing {
                try await ReplacedSession(tokenHash: replaced.bytes).end(in: transaction)
            }
            return .signedIn(session, token, change.membership)
        }
    }

    /// What the proof is worth by now: the passphrase may have been changed, and the code used, since it was looked at.
    private func currentProof(_ credential: StoredLocalCredential?) -> LocalSignInProof {
        guard self.proof == .complete else { return self.proof }
        guard let credential, let verified = self.candidate.credential, credential.hash == verified.hash,
            credential.codes?.sealedSecret == verified.codes?.sealedSecret
        else { return .passphraseWrong }
        guard let codes = credential.codes else { return .complete }
        guard let codeStep, codeStep > codes.lastStep else { return .codeUsed }
        return .complete
    }

    private var readCredential: SQL {
        """
        SELECT \(fragment: StoredLocalCredential.columns)
        FROM local_credentials c JOIN memberships m USING (workspace_id, user_id)
        WHERE c.workspace_id = portico_workspace() AND m.email = \(self.email.value)
        """
    }

    private func makeSession(of member: Membership, in workspace: Workspace, token: SessionToken) throws -> Session {
        guard let role = member.role else { throw StoredValueError(column: "role") }
        let limits = self.terms.sessionLimits.overridden(by: workspace).ofPassphrase(for: member)
        let now = self.terms.now
        return Session(
            id: .random(),
            tokenHash: token.hash,
            workspaceID: workspace.id,
            companyID: workspace.companyID,
            userID: member.userID,
            email: member.email,
            displayName: member.displayName,
            role: role,
            authenticatedAt: now,
            method: .passphrase,
            // Nobody but the person can have typed it just now.
            confirmedAt: now,
            expiresAt: limits.expiry(authenticatedAt: now, sessionNotOnOrAfter: nil),
            maxIdle: limits.maxIdle
        )
    }

    // MARK: - Statements

    private static func use(_ codeStep: Int, of userID: UserID) -> SQL {
        """
        UPDATE local_credentials SET last_code_step = \(codeStep)
        WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)
        """
    }
}
