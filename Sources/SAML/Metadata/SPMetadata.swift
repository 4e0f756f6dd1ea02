/// What an identity provider needs to know about a service provider (saml-metadata 2.4.4).
package struct SPMetadata: Hashable, Sendable {
    /// The service provider's name: the workspace's SP issuer, or the default for all.
    package var entityID: EntityID
    /// The assertion consumer service URL, with the HTTP-POST binding.
    package var assertionConsumerService: String
    /// The single logout URL, for HTTP-Redirect and HTTP-POST; nil offers no single logout.
    package var singleLogoutService: String?
    /// The service provider's keys, in the order in which they are written; several of one use overlap in a rotation.
    package var keys: [KeyDescriptor]
    /// Whether AuthnRequests are signed, `AuthnRequestsSigned`.
    package var authnRequestsSigned: Bool
    /// Whether assertions shall be signed by themselves, `WantAssertionsSigned`.
    package var wantAssertionsSigned: Bool

    /// Makes a description of a service provider, by default one without keys, whose requests are not signed.
    package init(
        entityID: EntityID,
        assertionConsumerService: String,
        singleLogoutService: String? = nil,
        keys: [KeyDescriptor] = [],
        authnRequestsSigned: Bool = false,
        wantAssertionsSigned: Bool = true
    ) {
        self.entityID = entityID
        self.assertionConsumerService = assertionConsumerService
        self.singleLogoutService = singleLogoutService
        self.keys = keys
        self.authnRequestsSigned = authnRequestsSigned
        self.wantAssertionsSigned = wantAssertionsSigned
    }
}
