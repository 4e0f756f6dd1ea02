package import FoundationEssentials

/// Somebody who is invited and has not come in yet, for whoever manages people.
package struct PendingInvitation: Hashable, Sendable {
    /// The invitation.
    package let membership: Membership
    /// When its link opens nothing any more; `nil` where there is none.
    package let linkExpiresAt: Date?
    /// What became of the mail with its link; `nil` where none was asked for.
    package let mail: InvitationMailStatus?

    /// Takes an invitation that is kept.
    package init(membership: Membership, linkExpiresAt: Date?, mail: InvitationMailStatus?) {
        self.membership = membership
        self.linkExpiresAt = linkExpiresAt
        self.mail = mail
    }
}
