package import Workspaces

/// How a sign-in with a passphrase ended; what it wrote is committed.
package enum LocalSignInResult: Sendable {
    /// The person is signed in. The token goes into the cookie and nowhere else.
    case signedIn(Session, SessionToken, Membership)
    /// Nobody is.
    case refused(LocalSignInRefusal)
}
