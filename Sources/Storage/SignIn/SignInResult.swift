package import Workspaces

/// How a sign-in ended; what it wrote is committed.
package enum SignInResult: Sendable {
    /// The person is signed in. The token goes into the cookie and nowhere else.
    case signedIn(Session, SessionToken)
    /// Nobody is.
    case refused(RefusalCode)
}
