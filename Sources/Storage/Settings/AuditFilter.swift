package import FoundationEssentials
package import Workspaces

/// Which events of an audit log somebody wants to see.
package struct AuditFilter: Hashable, Sendable {
    /// Only this action.
    package var action: AuditAction?
    /// Only events by or about this address, in part.
    package var email: String?
    /// Only what was refused.
    package var isRefusalsOnly: Bool
    /// Only events of this time or later.
    package var since: Date?
    /// Only events before this time.
    package var until: Date?

    /// Makes a filter that lets everything through unless something is given.
    package init(
        action: AuditAction? = nil,
        email: String? = nil,
        isRefusalsOnly: Bool = false,
        since: Date? = nil,
        until: Date? = nil
    ) {
        self.action = action
        self.email = email
        self.isRefusalsOnly = isRefusalsOnly
        self.since = since
        self.until = until
    }
}
