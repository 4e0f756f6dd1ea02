/// A sign-in that began by an invitation's link ends as the invited person, or not at all (behavior F6, M6).
///
/// Whoever else opens the link gets nothing by it that they would not get at the sign-in page, where they may go.
enum InvitationRule {
    /// Compares the person that the assertion names with the one whom the link is for.
    ///
    /// - Throws: ``RefusalCode/invitationRequired``.
    static func check(_ facts: SignInFacts) throws(SignInRefusal) {
        guard let invitedUser = facts.invitedUser else { return }
        guard facts.user == .registered(invitedUser) else { throw SignInRefusal(.invitationRequired) }
    }
}
