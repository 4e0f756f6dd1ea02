import FoundationEssentials
import SAML
import SAMLTesting
import XMLSecurity

/// One sign-in, with everything that a service provider knows of it: what all contestants read.
///
/// It is a file, `exchange.json`, because the others are programs in Python.
struct Exchange: Codable {
    /// The form field `SAMLResponse`, with a valid signature on the assertion.
    let response: String
    /// The same with one character of an attribute changed after signing.
    let tamperedResponse: String
    /// The length of the XML in bytes.
    let messageLength: Int
    /// The identity provider's certificate in PEM.
    let certificate: String
    /// The identity provider's entity id.
    let identityProvider: String
    /// The service provider's entity id.
    let serviceProvider: String
    /// Where the Response is posted.
    let assertionConsumerService: String
    /// The request that it answers.
    let requestID: String
    /// When it was made, in seconds since 1970.
    let now: Double

    private static let fileName = "exchange.json"

    /// Makes a Response of about four kilobytes, signed with RSA of 2048 bits, that is valid for a day.
    static func make(now: Date) throws -> Exchange {
        let provider = try TestIdentityProvider(key: .rsa(bits: 2048))
        guard let serviceProvider = EntityID("https://portico.example/saml/metadata") else {
            throw BenchmarkFailure.malformedExchange
        }
        let requestID = MessageID.random()
        let expectations = Expectations(
            serviceProvider: serviceProvider,
            identityProvider: provider.entityID,
            assertionConsumerService: "https://portico.example/saml/acs",
            requestID: requestID,
            now: now
        )
        var draft = provider.draft(to: expectations, attributes: self.attributes)
        draft.prolongAssertion(until: now + 86_400)
        let xml = try provider.sign(draft)
        return Exchange(
            response: TestIdentityProvider.formField(xml),
            tamperedResponse: TestIdentityProvider.formField(try Self.tamper(xml)),
            messageLength: xml.utf8.count,
            certificate: provider.certificate.pem,
            identityProvider: provider.entityID.value,
            serviceProvider: serviceProvider.value,
            assertionConsumerService: expectations.assertionConsumerService,
            requestID: requestID.value,
            now: now.timeIntervalSince1970
        )
    }

    /// Reads an exchange from a folder.
    static func read(from folder: URL) throws -> Exchange {
        try JSONDecoder().decode(Exchange.self, from: Data(contentsOf: folder.appending(path: self.fileName)))
    }

    /// Writes the exchange to a folder that exists.
    func write(to folder: URL) throws {
        try JSONEncoder().encode(self).write(to: folder.appending(path: Self.fileName))
    }

    /// What Portico compares the Response with.
    func expectations() throws -> Expectations {
        guard let serviceProvider = EntityID(self.serviceProvider),
            let identityProvider = EntityID(self.identityProvider), let requestID = MessageID(self.requestID)
        else { throw BenchmarkFailure.malformedExchange }
        return Expectations(
            serviceProvider: serviceProvider,
            identityProvider: identityProvider,
            assertionConsumerService: self.assertionConsumerService,
            requestID: requestID,
            now: Date(timeIntervalSince1970: self.now)
        )
    }

    private static let attributes = [
        Attribute(name: "email", texts: ["labeler@company-a.example"]),
        Attribute(name: "firstName", texts: ["Ada"]),
        Attribute(name: "lastName", texts: ["Lovelace"]),
        Attribute(name: "roles", texts: ["LABELER", "REVIEWER"]),
    ]

    private static func tamper(_ xml: String) throws -> String {
        let parts = xml.split(separator: ">REVIEWER<", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw BenchmarkFailure.malformedExchange }
        return parts.joined(separator: ">REVIEWED<")
    }
}
