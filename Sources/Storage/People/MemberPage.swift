package import Workspaces

/// A part of the list of a workspace's people.
package struct MemberPage: Hashable, Sendable {
    /// The people, by address.
    package let entries: [MemberEntry]
    /// The address behind which the list goes on; `nil` at its end.
    package let next: Email?
}
