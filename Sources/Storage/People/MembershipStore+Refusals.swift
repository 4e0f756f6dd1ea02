import FoundationEssentials
import PostgreSQL
import Workspaces

/// The changes of people that were refused to whoever asked for them, in the audit log of the workspace.
extension MembershipStore {
    /// How many of them the log takes in ``refusalInterval``.
    ///
    /// Whoever has the pages may press a button as often as they like, and the log is kept for more than a year.
    private static let maximumRefusals = 60
    private static let refusalInterval: TimeInterval = 3_600

    /// Does what may be refused; a refusal is written down, and thrown on.
    ///
    /// It has a transaction of its own: the one of the change has written nothing.
    func notingRefusals<Outcome>(
        of attempt: MemberChangeAttempt,
        _ email: Email,
        _ scope: WorkspaceScope,
        by actor: AuditActor,
        now: Date,
        change: () async throws -> Outcome
    ) async throws -> Outcome {
        do {
            return try await change()
        } catch let refusal as AdministrationRefusal {
            let event = attempt.event(refusal: refusal, about: email, in: scope.workspaceID, by: actor, now: now)
            if let event { try await self.pool.query(Self.insert(event, now: now), in: scope) }
            throw refusal
        }
    }

    /// Does what was asked for of one person, as ``notingRefusals(of:_:_:by:now:change:)`` does.
    func notingRefusals<Outcome>(
        of request: MemberChangeRequest,
        change: () async throws -> Outcome
    ) async throws -> Outcome {
        try await self.notingRefusals(
            of: request.attempt,
            request.email,
            request.scope,
            by: request.actor,
            now: request.now,
            change: change
        )
    }

    private static func insert(_ event: AuditEvent, now: Date) -> SQL {
        AuditStore.insert(
            event,
            unless: """
                (SELECT count(*) FROM (
                    SELECT 1 FROM audit_events
                    WHERE workspace_id = portico_workspace() AND outcome = 'refused' AND action IN ('member_invited',
                        'invitation_link_created', 'invitation_mail_requested', 'role_changed', 'member_activated',
                        'member_deactivated', 'member_removed', 'ownership_transferred', 'member_assigned',
                        'member_unassigned')
                        AND occurred_at > \(now.addingTimeInterval(-Self.refusalInterval))
                    LIMIT \(Self.maximumRefusals)) lately
                ) = \(Self.maximumRefusals)
                """
        )
    }
}
