package import Workspaces

/// Which events of an audit log somebody wants to see.
package struct AuditFilter: Hashable, Sendable {
    /// Only this action.
    package var action: AuditAction?
    /// Only events by or about this address, in part.
    package var email: String?
    /// Only what was refused.
    package var isRefusalsOnly: Bool

    /// Makes a filter that lets everything through unless something is given.
    package init(action: AuditAction? = nil, email: String? = nil, isRefusalsOnly: Bool = false) {
        self.action = action
        self.email = email
        self.isRefusalsOnly = isRefusalsOnly
    }
}
