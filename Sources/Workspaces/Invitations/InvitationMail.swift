/// A mail with the link of an invitation, which has to be sent.
///
/// It holds no secret: the link is made at the moment when the mail is written.
package struct InvitationMail: Hashable, Sendable {
    /// Whom the invitation is for.
    package let userID: UserID
    /// How long the link works, from the moment when it is made.
    package let lifetime: Duration

    /// Asks for a mail to whoever is invited.
    package init(userID: UserID, lifetime: Duration) {
        self.userID = userID
        self.lifetime = lifetime
    }
}
