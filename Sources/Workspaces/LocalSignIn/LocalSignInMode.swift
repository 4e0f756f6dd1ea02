/// Who may sign in with a passphrase of Portico's own, beside single sign-on (behavior A5, rulings 27).
package enum LocalSignInMode: String, Hashable, Sendable, CaseIterable {
    /// The owner alone: the way in when single sign-on does not work.
    case owner
    /// Every member who was given a link to set a passphrase.
    case members
    /// Nobody.
    case off

    /// Whether somebody who may have a passphrase under another mode may have none under this one.
    func takesAway(from other: LocalSignInMode) -> Bool {
        switch (self, other) {
        case (.off, .owner), (.off, .members), (.owner, .members): true
        case (.off, .off), (.owner, .off), (.owner, .owner), (.members, _): false
        }
    }

    /// Whether a member may have a passphrase.
    package func admits(_ membership: Membership) -> Bool {
        switch self {
        case .owner: membership.isOwner
        case .members: true
        case .off: false
        }
    }
}
