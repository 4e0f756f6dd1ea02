package import Workspaces

/// A mail whose link is made and kept, and which has to be handed over.
package struct LinkedInvitationMail: Hashable, Sendable {
    /// The mail.
    package let due: DueInvitationMail
    /// The link, with the address that it goes to.
    package let link: InvitationLink
    /// How often it was tried, this attempt counted.
    package let attempts: Int
}
