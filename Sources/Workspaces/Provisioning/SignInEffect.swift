package import FoundationEssentials

/// What has to be written beside the membership, whether or not the sign-in succeeds (rulings 2).
package enum SignInEffect: Hashable, Sendable {
    /// Close the latch of the mode `auto` at this time, unless it is closed (behavior R1a).
    case latchRoles(Date)
    /// Delete the sessions and notify the other nodes (behavior R4, S3).
    case revokeSessions(SessionInvalidation)
    /// Notify the other nodes, so that open sessions take the new role (behavior Q14).
    case refreshSessions(SessionInvalidation)
    /// Register a person who has to wait for a role, although nobody is signed in (behavior M3).
    case register(MembershipChange)
    /// Lock a member out whom no group entitles any more (behavior G3).
    case deactivate(MembershipChange)
    /// Write the groups, spaces and projects of a member (behavior G4, G5).
    case assign(UserID, MemberAssignments)
}
