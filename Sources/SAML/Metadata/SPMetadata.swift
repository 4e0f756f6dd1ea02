/// What an identity provider needs to know about a service provider (saml-metadata 2.4.4).
package struct SPMetadata: Hashable, Sendable {
    /// The service provider's name: the workspace's SP issuer, or the default for all.
    package let entityID: EntityID
    /// The assertion consumer service URL, with the HTTP-POST binding.
    package let assertionConsumerService: String

    /// Makes a description of a service provider.
    package init(entityID: EntityID, assertionConsumerService: String) {
        self.entityID = entityID
        self.assertionConsumerService = assertionConsumerService
    }
}
