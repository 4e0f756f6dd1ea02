/// What the database says that a decision about a sign-in rests on, read under locks in the transaction that applies it.
package struct SignInFacts: Hashable, Sendable {
    /// The workspace of the stored request.
    package var configured: ConfiguredWorkspace
    /// The membership of the asserted address in this workspace, if there is one.
    package var membership: Membership?
    /// The user row of the asserted address.
    package var user: UserRegistration
    /// The number of active members with the administrator's role, this person not counted; one may stand for many.
    package var otherActiveAdmins: Int
    /// The number of active members, this person counted if active: the seats that are taken (behavior C1).
    ///
    /// It counts only where seats are limited.
    package var activeMembers: Int
    /// Who may register without an invitation.
    package var signUpPolicy: SignUpPolicy
    /// What the workspace makes of groups.
    package var groups: GroupFacts
    /// Whom the invitation is for by whose link the sign-in began; `nil` for every other sign-in (behavior F6).
    package var invitedUser: UserID?

    /// Puts the facts together.
    package init(
        configured: ConfiguredWorkspace,
        membership: Membership?,
        user: UserRegistration,
        otherActiveAdmins: Int,
        activeMembers: Int,
        signUpPolicy: SignUpPolicy,
        groups: GroupFacts = GroupFacts(),
        invitedUser: UserID? = nil
    ) {
        self.configured = configured
        self.membership = membership
        self.user = user
        self.otherActiveAdmins = otherActiveAdmins
        self.activeMembers = activeMembers
        self.signUpPolicy = signUpPolicy
        self.groups = groups
        self.invitedUser = invitedUser
    }
}
