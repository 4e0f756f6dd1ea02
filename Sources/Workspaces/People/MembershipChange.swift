/// What has to be written for one membership.
package enum MembershipChange: Hashable, Sendable {
    /// A new row, and a user row for the address unless there is one.
    case inserted(Membership)
    /// The row of ``Membership/userID`` from one state to another.
    case updated(from: Membership, to: Membership)
    /// Nothing.
    case unchanged(Membership)

    /// Makes the change from one row to another; equal rows are no change.
    package static func between(_ old: Membership, _ new: Membership) -> MembershipChange {
        old == new ? .unchanged(old) : .updated(from: old, to: new)
    }

    /// The membership as it is afterwards.
    package var membership: Membership {
        switch self {
        case .inserted(let membership), .updated(_, let membership), .unchanged(let membership): membership
        }
    }
}
