package import FoundationEssentials
import PostgreSQL
package import Workspaces

extension MembershipStore {
    /// Makes somebody the owner of a workspace: reads the facts under the workspace's lock, decides, and writes the
    /// outcome, in one transaction.
    ///
    /// Where only an owner may have a passphrase, the one of the former owner goes, with the sessions that it opened. A
    /// refusal stands in the audit log, too.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - email: Who shall own it.
    ///   - catalogue: The roles of the installation.
    ///   - actor: On whose word.
    ///   - method: How the owner's session was opened; `nil` for the operator.
    ///   - now: The present.
    /// - Returns: What was written.
    /// - Throws: `AdministrationRefusal`; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func transferOwnership(
        _ scope: WorkspaceScope,
        to email: Email,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        method: AuthenticationMethod?,
        now: Date
    ) async throws -> OwnershipTransfer.Outcome {
        try await self.notingRefusals(of: .ownership, email, scope, by: actor, now: now) {
            try await self.transfer(scope, to: email, catalogue: catalogue, actor: actor, method: method, now: now)
        }
    }

    private func transfer(
        _ scope: WorkspaceScope,
        to email: Email,
        catalogue: RoleCatalogue,
        actor: AuditActor,
        method: AuthenticationMethod?,
        now: Date
    ) async throws -> OwnershipTransfer.Outcome {
        try await self.pool.withTransaction(in: scope) { transaction in
            let configured = try await WorkspaceStore.lock(scope, in: transaction)
            // The rows are locked too: a sign-in takes no lock of the workspace where it changes nothing but names.
            let result = try await transaction.query(
                """
                SELECT \(fragment: Membership.columns) FROM memberships m
                WHERE m.workspace_id = portico_workspace() AND (m.is_owner OR m.email = \(email.value)) FOR UPDATE
                """
            )
            let people = try result.rows.map { try Membership($0) }
            let successor = people.first { $0.email == email }
            let outcome = try OwnershipTransfer(
                configured: configured,
                owner: people.first(where: \.isOwner),
                successor: successor,
                successorHasPassphrase: try await Self.hasPassphrase(successor, in: transaction),
                catalogue: catalogue,
                actor: actor,
                method: method,
                now: now
            )
            .decide()
            var write = MembershipWrite()
            for change in outcome.changes {
                write.add(change, user: .registered(change.membership.userID), now: now)
            }
            if !outcome.changes.isEmpty, configured.workspace.localSignIn == .owner {
                for former in people where former.isOwner {
                    write.add(LocalCredentialStore.forgetLinks(of: former.userID))
                    write.add(LocalCredentialStore.forget(former.userID))
                }
                write.add(SessionDeletion.statement(notAllowedBy: .owner))
            }
            for effect in outcome.sessionEffects { write.add(effect) }
            write.add(outcome.events)
            try await write.apply(in: transaction)
            return outcome
        }
    }

    private static func hasPassphrase(_ member: Membership?, in transaction: Transaction) async throws -> Bool {
        guard let member else { return false }
        let found = try await transaction.query(
            """
            SELECT 1 FROM local_credentials
            WHERE workspace_id = portico_workspace() AND user_id = \(member.userID.uuid)
            """
        )
        return !found.rows.isEmpty
    }
}
