import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// The statements that write what a decision came to, with how many rows each must touch if its facts still hold.
struct MembershipWrite: Sendable {
    /// One statement.
    struct Step: Sendable {
        let statement: SQL
        /// `nil` where any number is right.
        let expectedRows: Int?
    }

    /// The facts that a decision rested on have changed: the transaction must be given up and run again.
    struct StaleFacts: Error {}

    private(set) var steps: [Step] = []

    /// Adds a statement that may touch any number of rows.
    mutating func add(_ statement: SQL) {
        self.steps.append(Step(statement: statement, expectedRows: nil))
    }

    /// Adds what opens a session.
    mutating func add(_ insertion: SessionInsertion) {
        for statement in insertion.statements { self.add(statement) }
    }

    /// Adds what a change of a membership writes.
    mutating func add(_ change: MembershipChange, user: UserRegistration, now: Date) {
        switch change {
        case .inserted(let membership):
            if case .unregistered = user {
                self.addUser(membership, now: now)
            }
            self.addInsert(membership, now: now)
        case .updated(let old, let new):
            self.addUpdate(from: old, to: new)
        case .unchanged(let membership):
            // The lock makes a concurrent deactivation and this transaction see each other.
            self.expectOne(
                """
                SELECT user_id FROM memberships WHERE workspace_id = portico_workspace()
                    AND user_id = \(membership.userID.uuid) AND authz_version = \(membership.authzVersion) FOR SHARE
                """
            )
        }
    }

    /// Adds events to the audit log.
    mutating func add(_ events: [AuditEvent]) {
        for event in events {
            self.add(AuditStore.insert(event))
        }
    }

    /// Makes the transaction and one that closes the workspace see each other.
    ///
    /// It comes first, because everything else that locks a workspace and its people locks them in this order.
    mutating func expectEnabledWorkspace() {
        self.expectOne(
            """
            SELECT workspace_id FROM workspaces
            WHERE workspace_id = portico_workspace() AND status = 'enabled' AND deleted_at IS NULL FOR SHARE
            """
        )
    }

    /// Makes the transaction and one that takes a certificate away, switches single sign-on off, or shortens sessions see each
    /// other.
    ///
    /// It comes after ``expectEnabledWorkspace()``: what has waited for the lock reads by another statement, with a snapshot
    /// of its own, what the other transaction has written.
    mutating func expectUnchangedTrust(in assertion: ValidatedAssertion, at workspace: Workspace) {
        self.expectOne(
            """
            SELECT w.workspace_id FROM workspaces w
            JOIN identity_providers p USING (workspace_id) JOIN identity_provider_certificates c USING (workspace_id)
            WHERE w.workspace_id = portico_workspace() AND p.enabled AND p.issuer = \(assertion.issuer.value)
                AND c.sha256_fingerprint = \(assertion.certificateFingerprint)
                AND w.session_max_age_seconds IS NOT DISTINCT FROM \(workspace.sessionMaxAge?.wholeSeconds)
                AND w.session_max_idle_seconds IS NOT DISTINCT FROM \(workspace.sessionMaxIdle?.wholeSeconds)
            """
        )
    }

    /// Adds what becomes of open sessions.
    mutating func add(_ effect: SessionEffect) {
        switch effect {
        case .revoke(let invalidation):
            self.add(SessionDeletion.statement(for: invalidation))
            self.add(SessionDeletion.notify(invalidation))
        case .refresh(let invalidation):
            self.add(SessionDeletion.notify(invalidation))
        }
    }

    /// Runs the statements in one round trip.
    ///
    /// - Throws: ``StaleFacts``, `PostgreSQLError`.
    func apply(in transaction: Transaction) async throws {
        let results = try await transaction.pipeline(self.steps.map(\.statement))
        for (step, result) in zip(self.steps, results) {
            guard step.expectedRows == nil || step.expectedRows == result.affectedRows else {
                throw StaleFacts()
            }
        }
    }

    // MARK: - Private

    private mutating func expectOne(_ statement: SQL) {
        self.steps.append(Step(statement: statement, expectedRows: 1))
    }

    private mutating func addUser(_ membership: Membership, now: Date) {
        // Another workspace may register the address at this moment; then this touches no row, and the next attempt
        // finds the other one's identifier.
        self.expectOne(
            """
            INSERT INTO users (email_sha256, user_id, created_at)
            VALUES (\(MembershipFacts.key(membership.email)), \(membership.userID.uuid), \(now))
            ON CONFLICT (email_sha256) DO NOTHING
            """
        )
    }

    private mutating func addInsert(_ membership: Membership, now: Date) {
        self.expectOne(
            """
            INSERT INTO memberships (workspace_id, user_id, email, display_name, state, deactivation_origin, role,
                role_source, is_owner, invited_at, last_assertion_issued_at, authz_version, created_at)
            VALUES (portico_workspace(), \(membership.userID.uuid), \(membership.email.value),
                \(membership.displayName), \(membership.state.name),
                \(membership.state.deactivationOrigin?.rawValue), \(membership.role?.name),
                \(membership.roleSource.rawValue), \(membership.isOwner), \(membership.invitedAt),
                \(membership.lastAssertionIssuedAt), \(membership.authzVersion), \(now))
            ON CONFLICT DO NOTHING
            """
        )
    }

    private mutating func addUpdate(from old: Membership, to new: Membership) {
        // Of two sign-ins at once the one with the older assertion must not set the time back (behavior R8).
        self.expectOne(
            """
            UPDATE memberships SET display_name = \(new.displayName), state = \(new.state.name),
                deactivation_origin = \(new.state.deactivationOrigin?.rawValue), role = \(new.role?.name),
                role_source = \(new.roleSource.rawValue), is_owner = \(new.isOwner), was_active = \(new.wasActive),
                invited_at = \(new.invitedAt),
                last_assertion_issued_at = greatest(last_assertion_issued_at, \(new.lastAssertionIssuedAt)),
                authz_version = \(new.authzVersion)
            WHERE workspace_id = portico_workspace() AND user_id = \(old.userID.uuid)
                AND authz_version = \(old.authzVersion)
            """
        )
    }
}
