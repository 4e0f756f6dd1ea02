import FoundationEssentials
import SAML

/// What a service provider knows about one sign-in; also read by the other programs (`Conformance/peers`).
struct Exchange: Codable {
    let serviceProvider: String
    let identityProvider: String
    let assertionConsumerService: String
    /// The request that is answered; none for a message that nobody asked for.
    let requestID: String?
    /// The certificates in PEM, one behind the other.
    let certificate: String
    /// The service provider's private key in PEM, where messages are encrypted to it.
    var decryptionKey: String?
    /// The time of the check, in seconds since 1970.
    let now: Double

    /// What the Response must agree with.
    func expectations() throws -> Expectations {
        guard let serviceProvider = EntityID(self.serviceProvider),
            let identityProvider = EntityID(self.identityProvider)
        else { throw OpinionFailure.malformedCases("a name in it is not an entity identifier") }
        return Expectations(
            serviceProvider: serviceProvider,
            identityProvider: identityProvider,
            assertionConsumerService: self.assertionConsumerService,
            requestID: self.requestID.flatMap { MessageID($0) },
            now: Date(timeIntervalSince1970: self.now)
        )
    }
}
