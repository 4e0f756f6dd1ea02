/// A session that has just ended here.
package struct EndedSession: Hashable, Sendable {
    /// The session as it was.
    package let session: Session
    /// How the identity provider knows it; nil when the assertion named nobody.
    package let identityProviderSession: IdentityProviderSession?

    /// Makes a note of the end.
    package init(session: Session, identityProviderSession: IdentityProviderSession?) {
        self.session = session
        self.identityProviderSession = identityProviderSession
    }
}
