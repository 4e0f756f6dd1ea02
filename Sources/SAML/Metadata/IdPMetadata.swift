package import FoundationEssentials

/// What an identity provider's metadata says of its role as a SAML 2.0 identity provider (saml-metadata 2.4.3).
///
/// Nothing here is trusted by itself: an administrator, or the https address that it came from, vouches for it.
package struct IdPMetadata: Hashable, Sendable {
    /// The identity provider's name: the issuer of its responses.
    package let entityID: EntityID
    /// Where people are sent to sign in, in the order of the document; never empty.
    package let signInServices: [MetadataEndpoint]
    /// Where sessions end, in the order of the document.
    package let logoutServices: [MetadataEndpoint]
    /// The certificates whose keys sign, in DER, each once, in the order of the document; 1 to 8, read and checked.
    package let signingCertificates: [[UInt8]]
    /// Whether requests must be signed.
    package let wantsSignedRequests: Bool
    /// The formats of name identifiers that it offers.
    package let nameIDFormats: [String]
    /// The instant from which the document must not be used any more; `nil` when it never expires.
    package let validUntil: Date?
    /// How long a copy may be kept before it is fetched anew; `nil` when nothing is said.
    package let cacheDuration: Duration?

    /// Makes a description of an identity provider.
    package init(
        entityID: EntityID,
        signInServices: [MetadataEndpoint],
        logoutServices: [MetadataEndpoint],
        signingCertificates: [[UInt8]],
        wantsSignedRequests: Bool,
        nameIDFormats: [String],
        validUntil: Date?,
        cacheDuration: Duration?
    ) {
        self.entityID = entityID
        self.signInServices = signInServices
        self.logoutServices = logoutServices
        self.signingCertificates = signingCertificates
        self.wantsSignedRequests = wantsSignedRequests
        self.nameIDFormats = nameIDFormats
        self.validUntil = validUntil
        self.cacheDuration = cacheDuration
    }

    /// Where people are sent by a binding: the first such service, `nil` when there is none.
    package func signInURL(by binding: MetadataEndpoint.Binding) -> String? {
        self.signInServices.first { $0.binding == binding }?.location
    }
}
