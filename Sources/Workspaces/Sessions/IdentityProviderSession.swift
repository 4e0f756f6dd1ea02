package import SAML

/// By which names the identity provider knows a session: what a logout request says, in either direction (saml-core
/// 3.7.1).
package struct IdentityProviderSession: Hashable, Sendable {
    /// The identity provider.
    package let issuer: EntityID
    /// The person, exactly as the assertion of the sign-in named them.
    package let nameID: NameID
    /// The identity provider's name for its session, when the assertion had one.
    package let sessionIndex: String?
    /// The fingerprint of the certificate that verified the assertion; nil where nobody noted it.
    package let certificateFingerprint: String?

    /// Makes the names of a session.
    package init(issuer: EntityID, nameID: NameID, sessionIndex: String?, certificateFingerprint: String? = nil) {
        self.issuer = issuer
        self.nameID = nameID
        self.sessionIndex = sessionIndex
        self.certificateFingerprint = certificateFingerprint
    }

    /// Whether the identity provider that a workspace trusts now is the one that named the session.
    ///
    /// Whoever may change a workspace's settings could otherwise name a session at one identity provider and have it told
    /// to another.
    package func isNamed(by identityProvider: IdentityProviderConfiguration) -> Bool {
        guard identityProvider.issuer == self.issuer, let fingerprint = self.certificateFingerprint else {
            return false
        }
        return identityProvider.certificates.contains { $0.sha256Fingerprint == fingerprint }
    }

    /// Whether a checked logout request names this session of a workspace (saml-core 3.7.3.2; saml-security F11).
    ///
    /// - Parameters:
    ///   - request: The request; without session indexes it names every session of the person.
    ///   - serviceProvider: The name by which the identity provider knows the workspace.
    /// - Returns: Whether the session has to end.
    package func isNamed(by request: ValidatedLogoutRequest, serviceProvider: EntityID) -> Bool {
        guard self.issuer == request.issuer,
            self.nameID.matches(request.nameID, from: request.issuer, for: serviceProvider)
        else { return false }
        guard !request.sessionIndexes.isEmpty else { return true }
        guard let sessionIndex = self.sessionIndex else { return false }
        return request.sessionIndexes.contains { $0.utf8.elementsEqual(sessionIndex.utf8) }
    }
}
