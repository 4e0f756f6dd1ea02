/// Where a person stands in a workspace (behavior M); somebody who was removed has no membership at all.
package enum MembershipState: Hashable, Sendable {
    /// Invited with a role, not signed in yet; takes no seat.
    case invited
    /// A member, who takes a seat.
    case active
    /// Registered without a role; waits for an administrator and takes no seat.
    case notActivated
    /// Locked out by the one named; takes no seat.
    case deactivated(DeactivationOrigin)

    /// The name without the origin, as it stands in JSON and in the database: `INVITED`, `ACTIVE`, `NOT_ACTIVATED`,
    /// `DEACTIVATED`.
    package var name: String {
        switch self {
        case .invited: "INVITED"
        case .active: "ACTIVE"
        case .notActivated: "NOT_ACTIVATED"
        case .deactivated: "DEACTIVATED"
        }
    }

    /// Who deactivated the member, in that state only.
    package var deactivationOrigin: DeactivationOrigin? {
        switch self {
        case .deactivated(let origin): origin
        case .invited, .active, .notActivated: nil
        }
    }

    /// Takes a state apart into its columns again.
    ///
    /// - Returns: `nil` for an unknown name, for a deactivation without an origin and for an origin without one.
    package init?(name: String, deactivationOrigin: DeactivationOrigin?) {
        switch (name, deactivationOrigin) {
        case ("INVITED", nil): self = .invited
        case ("ACTIVE", nil): self = .active
        case ("NOT_ACTIVATED", nil): self = .notActivated
        case ("DEACTIVATED", let origin?): self = .deactivated(origin)
        case _: return nil
        }
    }
}
