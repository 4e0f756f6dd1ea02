package import FoundationEssentials

/// One person in one workspace.
package struct Membership: Hashable, Sendable {
    /// The person.
    package let userID: UserID
    /// The person's address, the identity within the workspace.
    package let email: Email
    /// The name for human eyes, written at each sign-in and never seen by another workspace (behavior I2).
    package var displayName: String
    /// Where the person stands.
    package var state: MembershipState
    /// Whether whoever is locked out had come in before, however they did; in every other state it says nothing.
    package var wasActive: Bool
    /// The role; `nil` only for a person who waits for one.
    package var role: Role?
    /// What set the role.
    package var roleSource: RoleSource
    /// Whether this is the owner, whose administrator's role no identity provider takes.
    package var isOwner: Bool
    /// When the person was invited by name, which is what lets a guest in (behavior D3); `nil` for everybody else.
    package var invitedAt: Date?
    /// The IssueInstant of the newest assertion that was applied (behavior R8).
    package var lastAssertionIssuedAt: Date?
    /// Counts the changes of role and state, so that a cached session can tell that it is out of date (behavior S2).
    package var authzVersion: Int

    /// Makes a membership; what is not given is as a new one has it.
    package init(
        userID: UserID,
        email: Email,
        displayName: String,
        state: MembershipState,
        role: Role?,
        roleSource: RoleSource,
        isOwner: Bool = false,
        wasActive: Bool = false,
        invitedAt: Date? = nil,
        lastAssertionIssuedAt: Date? = nil,
        authzVersion: Int = 1
    ) {
        self.userID = userID
        self.email = email
        self.displayName = displayName
        self.state = state
        self.role = role
        self.roleSource = roleSource
        self.isOwner = isOwner
        self.wasActive = wasActive
        self.invitedAt = invitedAt
        self.lastAssertionIssuedAt = lastAssertionIssuedAt
        self.authzVersion = authzVersion
    }
}
