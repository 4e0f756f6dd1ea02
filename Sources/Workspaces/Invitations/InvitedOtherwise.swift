/// The address is invited with another role, which whoever invites it again has not been shown.
package struct InvitedOtherwise: Error, Hashable, Sendable {
    /// The invitation.
    package let invitation: Membership
}
