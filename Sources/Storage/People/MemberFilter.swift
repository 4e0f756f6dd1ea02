package import Workspaces

/// Which people of a workspace are asked for.
package struct MemberFilter: Hashable, Sendable {
    /// Where people stand, whoever brought them there.
    package enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Active members.
        case active = "ACTIVE"
        /// People who were invited and have not signed in.
        case invited = "INVITED"
        /// People who wait for a role.
        case waiting = "NOT_ACTIVATED"
        /// People who are locked out.
        case deactivated = "DEACTIVATED"
    }

    /// A part of the address or of the name, whatever its case; `nil` for everybody.
    package let text: String?
    /// Only people who stand here.
    package let standing: Standing?
    /// Only people with this role.
    package let role: Role?

    /// Makes a filter; what is not given filters nothing.
    package init(text: String? = nil, standing: Standing? = nil, role: Role? = nil) {
        self.text = text
        self.standing = standing
        self.role = role
    }
}
