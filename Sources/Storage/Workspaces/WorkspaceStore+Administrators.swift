package import FoundationEssentials
import PostgreSQL
package import Workspaces

extension WorkspaceStore {
    /// Changes a workspace as ``administer(_:actor:now:decide:)`` does, with those who administer it among the facts: the owner
    /// and the active administrators, read behind the same lock.
    ///
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    package func administer(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        catalogue: RoleCatalogue,
        decide: @Sendable (WorkspaceAdministration, [Membership]) throws -> WorkspaceOutcome
    ) async throws {
        try await self.pool.withTransaction(in: scope) { transaction in
            // Whoever changes what somebody is takes this lock, too.
            _ = try await Self.lock(scope, in: transaction)
            let people = try await MembershipStore.administrators(in: transaction, catalogue: catalogue)
            _ = try await Self.administer(scope, actor: actor, now: now, in: transaction) { try decide($0, people) }
        }
    }
}
