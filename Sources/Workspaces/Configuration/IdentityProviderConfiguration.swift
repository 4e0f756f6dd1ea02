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
    /// Whether requests are signed.
    package var signRequests: Bool
    /// How requests travel.
    package var requestBinding: RequestBinding
    /// Whether the person has to authenticate anew at each sign-in, which the response must prove.
    package var forceAuthn: Bool
    /// The classes of authentication of which each sign-in must be one; nil for any.
    package var requestedAuthnContext: RequestedAuthnContext?
    /// What requests say of the NameID.
    package var nameIDPolicy: NameIDPolicy
    /// Whether the address that a link to the sign-in names goes along as the request's Subject.
    package var sendLoginHint: Bool
    /// Whether an assertion that is not encrypted is refused.
    package var requireEncryption: Bool
    /// Where logout messages go; nil ends sessions here alone.
    package var singleLogout: SingleLogoutService?
    /// Whether a sign-in may begin at the identity provider (behavior Q7).
    package var allowIdPInitiated: Bool
    /// Where its metadata is fetched from; `nil` where somebody typed it or gave a file.
    package var metadataSource: MetadataSource?

    /// Makes a configuration from values that were checked.
    package init(
        enabled: Bool,
        signInURL: String,
        issuer: EntityID,
        certificates: [PinnedCertificate],
        attributeNames: AttributeNames = AttributeNames(),
        signaturePolicy: SignaturePolicy = .either,
        signRequests: Bool = false,
        requestBinding: RequestBinding = .redirect,
        forceAuthn: Bool = false,
        requestedAuthnContext: RequestedAuthnContext? = nil,
        nameIDPolicy: NameIDPolicy = .any,
        sendLoginHint: Bool = false,
        requireEncryption: Bool = false,
        singleLogout: SingleLogoutService? = nil,
        allowIdPInitiated: Bool = false,
        metadataSource: MetadataSource? = nil
    ) {
        self.enabled = enabled
        self.signInURL = signInURL
        self.issuer = issuer
        self.certificates = certificates
        self.attributeNames = attributeNames
        self.signaturePolicy = signaturePolicy
        self.signRequests = signRequests
        self.requestBinding = requestBinding
        self.forceAuthn = forceAuthn
        self.requestedAuthnContext = requestedAuthnContext
        self.nameIDPolicy = nameIDPolicy
        self.sendLoginHint = sendLoginHint
        self.requireEncryption = requireEncryption
        self.singleLogout = singleLogout
        self.allowIdPInitiated = allowIdPInitiated
        self.metadataSource = metadataSource
    }
}
