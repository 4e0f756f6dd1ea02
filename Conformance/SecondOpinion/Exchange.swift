import FoundationEssentials
import SAML

/// What a service provider knows about one sign-in; also read by the other programs (`Conformance/peers`).
struct Exchange: Codable {
    let serviceProvider: String
    let identityProvider: String
    let assertionConsumerService: String
    let requestID: String
    /// The certificates in PEM, one behind the other.
    let certificate: String
    /// The time of the check, in seconds since 1970.
    let now: Double

    /// What the Response must agree with.
    func expectations() throws -> Expectations {
        guard let serviceProvider = EntityID(self.serviceProvider),
            let identityProvider = EntityID(self.identityProvider), let requestID = MessageID(self.requestID)
        else { throw CheckerFailure.malformedCases("a name in it is not an entity identifier") }
        return Expectations(
            serviceProvider: serviceProvider,
            identityProvider: identityProvider,
            assertionConsumerService: self.assertionConsumerService,
            requestID: requestID,
            now: Date(timeIntervalSince1970: self.now)
        )
    }
}
