package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// Several changes of one workspace in one transaction: all of them are written, or none.
///
/// Each reads what those before it have written.
package struct WorkspaceEditing: Sendable {
    /// What becomes of the changes in the end.
    package enum Ending: Hashable, Sendable {
        /// They are written.
        case commit
        /// They are taken back: somebody wants to know what they would come to.
        case rollBack
    }

    let transaction: Transaction
    let scope: WorkspaceScope
    let actor: AuditActor
    let now: Date

    /// Makes the workspace, as the first of the changes.
    ///
    /// - Throws: ``WorkspaceStoreError/companyIDTaken``, `PostgreSQLError`.
    package func create(_ creation: WorkspaceCreation, catalogue: RoleCatalogue) async throws {
        try await WorkspaceStore.create(creation, catalogue: catalogue, in: self.transaction)
    }

    /// The workspace as the changes so far have made it, under its lock.
    ///
    /// - Throws: ``WorkspaceStoreError/workspaceDeleted``, `PostgreSQLError`.
    package func configured() async throws -> ConfiguredWorkspace {
        try await WorkspaceStore.lock(self.scope, in: self.transaction)
    }

    /// The address of the workspace's owner; `nil` where there is none.
    ///
    /// - Throws: `PostgreSQLError`.
    package func owner() async throws -> Email? {
        try await self.transaction
            .query("SELECT email FROM memberships WHERE workspace_id = portico_workspace() AND is_owner")
            .optionalRow()?
            .optional("email") { Email($0) }
    }

    /// Changes the workspace or its SAML configuration; see ``WorkspaceStore/administer(_:actor:now:decide:)``.
    @discardableResult
    package func administer(
        decide: (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws -> WorkspaceOutcome {
        try await WorkspaceStore.administer(
            self.scope,
            actor: self.actor,
            now: self.now,
            in: self.transaction,
            decide: decide
        )
    }

    /// Claims a domain; see ``WorkspaceStore/claimDomain(_:actor:now:decide:)``.
    package func claimDomain(
        decide: (WorkspaceAdministration) throws -> DomainClaimOutcome
    ) async throws -> DomainClaimOutcome {
        let outcome = try await WorkspaceStore.claimDomain(
            self.scope,
            actor: self.actor,
            now: self.now,
            in: self.transaction,
            decide: decide
        )
        // Telling others leaves the workspace.
        try await self.transaction.query(self.scope.enter)
        return outcome
    }

    /// Changes what groups give; see ``GroupMappingStore/change(_:_:over:catalogue:actor:now:)``.
    package func change(
        _ change: GroupMappingsChange,
        catalogue: RoleCatalogue
    ) async throws -> [SettingDifference] {
        try await GroupMappingStore.change(
            self.scope,
            change,
            over: nil,
            catalogue: catalogue,
            actor: self.actor,
            now: self.now,
            in: self.transaction
        )
    }

    /// Reads every space and project, and who is in it by hand.
    ///
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package func places() async throws -> [Place: PlacesChange.Current] {
        try await PlaceStore.all(in: self.transaction)
    }

    /// Changes a space or a project; see ``PlaceStore/administer(_:_:title:management:actor:now:decide:)``.
    package func administer(
        _ place: Place,
        title: String,
        management: MembershipManagement,
        decide: (PlaceAdministration) throws -> PlaceOutcome
    ) async throws {
        _ = try await PlaceStore.administer(
            self.scope,
            place,
            title: title,
            management: management,
            actor: self.actor,
            now: self.now,
            in: self.transaction,
            decide: decide
        )
    }

    /// Puts a person into a space or a project or takes them out; a refusal is not written down.
    package func assign(
        _ email: Email,
        to place: Place,
        management: MembershipManagement,
        decide: (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws {
        _ = try await MembershipStore.assign(
            self.scope,
            email,
            to: place,
            management: management,
            actor: self.actor,
            now: self.now,
            in: self.transaction,
            decide: decide
        )
    }
}

extension WorkspaceStore {
    /// Changes a workspace in several steps in one transaction, which is run again where the database asks for it.
    ///
    /// - Parameters:
    ///   - scope: The workspace, which the first step may make.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - ending: What becomes of the changes.
    ///   - body: The steps, with no effect beside them.
    /// - Returns: What `body` returned.
    /// - Throws: What the steps throw, after which nothing is written.
    package func edit<Success: Sendable>(
        _ scope: WorkspaceScope,
        actor: AuditActor,
        now: Date,
        ending: WorkspaceEditing.Ending,
        _ body: (WorkspaceEditing) async throws -> Success
    ) async throws -> Success {
        do {
            return try await self.pool.withTransaction(in: scope) { transaction in
                let editing = WorkspaceEditing(transaction: transaction, scope: scope, actor: actor, now: now)
                let success = try await body(editing)
                switch ending {
                case .commit: return success
                case .rollBack: throw TakenBack(success: success)
                }
            }
        } catch let end as TakenBack<Success> {
            return end.success
        }
    }
}

/// Ends a transaction whose changes are not to stay.
private struct TakenBack<Success: Sendable>: Error {
    let success: Success
}
