import Foundation
import PostgreSQL
package import Workspaces

/// One of the audit logs, each of which has a chain of its own.
package enum AuditLog: Hashable, Sendable {
    /// The log of a workspace.
    case workspace(WorkspaceScope)
    /// The log of what concerns no workspace.
    case `operator`

    /// The nil UUID, which no workspace has.
    private static let operatorID = WorkspaceID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

    /// Takes the identifier under which a chain is stored.
    init(chain id: WorkspaceID) {
        self = id == Self.operatorID ? .operator : .workspace(WorkspaceScope(id))
    }

    /// The workspace; `nil` for the operator's log.
    package var workspaceID: WorkspaceID? {
        switch self {
        case .workspace(let scope): scope.workspaceID
        case .operator: nil
        }
    }

    /// The scope in which the chain is visible.
    var scope: WorkspaceScope {
        switch self {
        case .workspace(let scope): scope
        case .operator: WorkspaceScope(Self.operatorID)
        }
    }

    /// The events of the log, as a table named `e`.
    var events: SQL {
        switch self {
        case .workspace: "(SELECT * FROM audit_events WHERE workspace_id = \(self.scope.id)) e"
        case .operator: "operator_audit_events e"
        }
    }

    /// The oldest events of a range of numbers that have no link, as a table named `e`.
    func unsealed(after: Int, until: Int, maximum: Int) -> SQL {
        switch self {
        case .workspace:
            """
            (SELECT * FROM audit_events u WHERE u.workspace_id = portico_workspace()
                AND u.event_id > \(after) AND u.event_id <= \(until) AND \(fragment: Self.hasNoLink)
                ORDER BY u.event_id LIMIT \(maximum)) e
            """
        case .operator:
            "portico_unsealed_operator_events(\(after), \(until), \(maximum)) e"
        }
    }

    /// Of some events those that have no link, as a table named `e`.
    func unsealed(_ eventIDs: [Int]) -> SQL {
        switch self {
        case .workspace:
            """
            (SELECT * FROM audit_events u WHERE u.workspace_id = portico_workspace()
                AND u.event_id = ANY(\(eventIDs)) AND \(fragment: Self.hasNoLink)) e
            """
        case .operator:
            """
            (SELECT * FROM portico_unsealed_operator_events(\(max(eventIDs.min() ?? 0, .min + 1) - 1),
                \(eventIDs.max() ?? 0), NULL)
                WHERE event_id = ANY(\(eventIDs))) e
            """
        }
    }

    private static let hasNoLink: SQL = """
        NOT EXISTS (SELECT FROM audit_links l WHERE l.workspace_id = u.workspace_id AND l.event_id = u.event_id)
        """
}
