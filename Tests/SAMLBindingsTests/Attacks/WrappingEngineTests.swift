import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

/// A sample of the messages that the engine makes; `make conformance` checks all of them.
@Suite("Wrapping engine")
struct WrappingEngineTests {
    private static let person = "ann@company-a.example"
    private static let attacker = "eve@company-a.example"

    /// Documents from all over the engine: a prime that is longer than its dimensions spreads the numbers evenly.
    private static func sample(
        of engine: WrappingEngine,
        _ count: Int
    ) -> some Sequence<(number: Int, document: [UInt8])> {
        (0..<count).lazy
            .map { $0 * 1_000_003 % engine.count }
            .compactMap { number in engine.document(number).map { (number, $0) } }
    }

    private func message(_ exchange: Exchange, _ signing: ResponseDraft.Signing) throws -> String {
        try exchange.message(signing: signing) {
            let confirmations = $0.assertion?.subject?.confirmations ?? []
            $0.assertion?.subject = Subject(nameID: NameID(value: Self.person), confirmations: confirmations)
        }
    }

    private func receive(_ document: [UInt8], _ exchange: Exchange) -> ValidatedAssertion? {
        try? HTTPPostBinding.decodeResponse(StrictBase64.encode(document))
            .validate(
                exchange.expectations,
                certificates: [exchange.identityProvider.certificate],
                signaturePolicy: .either
            )
    }

    @Test(arguments: [ResponseDraft.Signing.assertion, .response, .both])
    func neverChangesThePerson(_ signing: ResponseDraft.Signing) throws {
        let exchange = try Exchange()
        let message = try self.message(exchange, signing)
        let original = AssertedBytes(try exchange.receive(message))
        let engine = WrappingEngine(message: message, identity: Self.person, forged: Self.attacker)
        let unchanged = try #require(self.receive(engine.unchanged, exchange))
        #expect(AssertedBytes(unchanged) == original)
        for (number, document) in Self.sample(of: engine, 1200) {
            guard let validated = self.receive(document, exchange) else { continue }
            try #require(AssertedBytes(validated) == original, "document \(number)")
        }
    }

    /// SAML Raider's XSW3 and XSW4, forged beside and forged around, and XSW1, the original in a forged Response.
    @Test(arguments: [
        (ResponseDraft.Signing.assertion, "<saml:Assertion "), (.response, "<samlp:Response "),
    ])
    func makesTheKnownAttacks(_ signing: ResponseDraft.Signing, _ tag: String) throws {
        let exchange = try Exchange()
        let message = try self.message(exchange, signing)
        let engine = WrappingEngine(message: message, identity: Self.person, forged: Self.attacker)
        let isMade = Self.sample(of: engine, 20_000)
            .contains { _, document in
                let text = String(decoding: document, as: UTF8.self)
                return text.contains(Self.attacker) && text.contains(Self.person) && text.ranges(of: tag).count == 2
                    && text.contains(" ID=\"_f")
            }
        #expect(isMade)
    }
}
