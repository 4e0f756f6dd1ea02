import SAML

extension Expectations {
    /// What a message that is measured agrees with, written as it stands in the message.
    static func measured(
        serviceProvider: String,
        identityProvider: String,
        assertionConsumerService: String,
        requestID: String,
        now: String
    ) throws -> Expectations {
        guard let provider = EntityID(serviceProvider), let issuer = EntityID(identityProvider),
            let request = MessageID(requestID), let now = SAMLInstant.parse(now)
        else { throw CheckerFailure.malformedExpectations }
        return Expectations(
            serviceProvider: provider,
            identityProvider: issuer,
            assertionConsumerService: assertionConsumerService,
            requestID: request,
            now: now
        )
    }
}
