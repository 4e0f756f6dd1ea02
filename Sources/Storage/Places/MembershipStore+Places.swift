package import FoundationEssentials
import PostgreSQL
package import Workspaces

extension MembershipStore {
    /// Puts one person into a space or a project or takes them out: reads the facts under the workspace's lock, lets `decide`
    /// decide, and writes the outcome, in one transaction.
    ///
    /// What is refused for another reason than a slip stands in the audit log, too.
    ///
    /// - Parameters:
    ///   - scope: The workspace.
    ///   - email: The person's address.
    ///   - place: The space or project.
    ///   - attempt: What is asked for, as the audit log calls it where it is refused.
    ///   - management: Who manages spaces and members of projects.
    ///   - actor: On whose word.
    ///   - now: The present.
    ///   - decide: One of the decisions of `AssignmentAdministration`.
    /// - Returns: What was written.
    /// - Throws: What `decide` throws; ``WorkspaceStoreError/workspaceDeleted``; `PostgreSQLError`.
    @discardableResult
    package func assign(
        _ scope: WorkspaceScope,
        _ email: Email,
        to place: Place,
        as attempt: MemberChangeAttempt,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date,
        decide: @Sendable (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws -> AssignmentOutcome {
        try await self.notingRefusals(of: attempt, email, scope, by: actor, now: now) {
            try await self.pool.withTransaction(in: scope) { transaction in
                try await Self.assign(
                    scope,
                    email,
                    to: place,
                    management: management,
                    actor: actor,
                    now: now,
                    in: transaction,
                    decide: decide
                )
            }
        }
    }

    /// What ``assign(_:_:to:as:management:actor:now:decide:)`` does where nothing is refused.
    static func assign(
        _ scope: WorkspaceScope,
        _ email: Email,
        to place: Place,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date,
        in transaction: Transaction,
        decide: (AssignmentAdministration) throws -> AssignmentOutcome
    ) async throws -> AssignmentOutcome {
        _ = try await WorkspaceStore.lock(scope, in: transaction)
        let statements = PlaceStatements(kind: place.kind)
        let results = try await transaction.pipeline(
            [
                statements.find(place),
                """
                SELECT \(fragment: Membership.columns) FROM memberships m
                WHERE m.workspace_id = portico_workspace() AND m.email = \(email.value) FOR NO KEY UPDATE
                """,
            ] + GroupStatements.facts(about: email, groups: [])
        )
        let administration = AssignmentAdministration(
            workspaceID: scope.workspaceID,
            place: place,
            isThere: try results[0].optionalRow() != nil,
            membership: try results[1].optionalRow().map { try Membership($0) },
            assignments: try GroupFacts(results.dropFirst(2), management: management).assignments,
            management: management,
            actor: actor,
            now: now
        )
        let outcome = try decide(administration)
        var write = MembershipWrite()
        for statement in statements.write(outcome.write, place, of: outcome.member.userID) {
            write.add(statement)
        }
        for effect in outcome.sessionEffects { write.add(effect) }
        write.add(outcome.events)
        try await write.apply(in: transaction)
        return outcome
    }
}
