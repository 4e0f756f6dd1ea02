package import SAML

/// A workspace's identity provider: where people are sent, whose word counts and which keys prove it (behavior T1).
///
/// ``SAMLConfigurationChange`` is the way to make one from what a person typed.
package struct IdentityProviderConfiguration: Hashable, Sendable {
    /// The greatest number of pinned certificates (rulings 7).
    package static let maximumCertificates = 8

    /// Whether the workspace's people can sign in with SAML.
    package var enabled: Bool
    /// Where the browser is sent with the request.
    package var signInURL: String
    /// The issuer of every response; several workspaces may have the same (behavior T3).
    package var issuer: EntityID
    /// The certificates of which one must verify the signature, 1 to 8.
    package var certificates: [PinnedCertificate]
    /// The names of the attributes that are read.
    package var attributeNames: AttributeNames
    /// The signatures that a response must carry.
    package var signaturePolicy: SignaturePolicy

    /// Makes a configuration from values that were checked.
    package init(
        enabled: Bool,
        signInURL: String,
        issuer: EntityID,
        certificates: [PinnedCertificate],
        attributeNames: AttributeNames = AttributeNames(),
        signaturePolicy: SignaturePolicy = .either
    ) {
        self.enabled = enabled
        self.signInURL = signInURL
        self.issuer = issuer
        self.certificates = certificates
        self.attributeNames = attributeNames
        self.signaturePolicy = signaturePolicy
    }
}
