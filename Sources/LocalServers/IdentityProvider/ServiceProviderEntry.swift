/// A service provider that the local identity provider answers.
package struct ServiceProviderEntry: Hashable, Sendable {
    /// Its entity id.
    package var entityID: String

    /// Its assertion consumer services; a request that names none of them is answered at the first.
    package var assertionConsumerServices: [String]

    /// A service provider with at least one assertion consumer service.
    package init(entityID: String, assertionConsumerServices: [String]) {
        self.entityID = entityID
        self.assertionConsumerServices = assertionConsumerServices
    }
}
