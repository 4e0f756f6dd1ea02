import SAML
import SAMLBindings
import SAMLTesting
import Testing
import XMLSecurity

/// Nothing that a message names is fetched, neither before nor after a signature is checked (saml-security A15, B03, C01,
/// C12): each message names a listener on this machine, and goes through everything that a gateway does with it.
@Suite("Outbound connections")
struct OutboundConnectionTests {
    /// A place in a message where an address could be followed.
    struct Place: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// The text that is replaced, and what takes its place.
        let text: String
        let replacement: @Sendable (_ url: String) -> String

        init(_ testDescription: String, _ text: String, _ replacement: @escaping @Sendable (_ url: String) -> String) {
            self.testDescription = testDescription
            self.text = text
            self.replacement = replacement
        }

        func name(_ url: String, in message: String) throws -> String {
            try replacing(self.text, with: self.replacement(url), in: message)
        }

        static let anywhere = [
            Place("an external DTD", "<samlp:") { "<!DOCTYPE a SYSTEM \"\($0)\"><samlp:" },
            Place("an external entity", "<samlp:") { "<!DOCTYPE a [<!ENTITY e SYSTEM \"\($0)\">]><samlp:" },
            Place("a parameter entity", "<samlp:") { "<!DOCTYPE a [<!ENTITY % e SYSTEM \"\($0)\"> %e;]><samlp:" },
            Place("a style sheet", "<samlp:") { "<?xml-stylesheet href=\"\($0)\"?><samlp:" },
            Place("XInclude", "<saml:Issuer>") {
                "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"\($0)\"/><saml:Issuer>"
            },
            Place("a schema's location", "<saml:Issuer>") {
                "<saml:Issuer xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                    + "xsi:schemaLocation=\"urn:x \($0)\" xml:base=\"\($0)\">"
            },
            Place("a reference", " URI=\"#") { " URI=\"\($0)#" },
            Place("a transform", "http://www.w3.org/2000/09/xmldsig#enveloped-signature") { $0 },
            Place("a key to be retrieved", "</ds:Signature>") {
                "<ds:KeyInfo><ds:RetrievalMethod URI=\"\($0)\"/></ds:KeyInfo></ds:Signature>"
            },
        ]

        static let encrypted = [
            Place("a ciphertext to be fetched", "<xenc:CipherValue>") {
                "<xenc:CipherReference URI=\"\($0)\"/><xenc:CipherValue>"
            },
            Place("a content key to be retrieved", "<ds:KeyInfo") {
                "<ds:KeyInfo><ds:RetrievalMethod URI=\"\($0)\"/></ds:KeyInfo><ds:KeyInfo"
            },
        ]
    }

    @Test(arguments: Place.anywhere)
    func areMadeForNoResponse(_ place: Place) throws {
        let listener = try LoopbackListener()
        let exchange = try Exchange()
        let message = try place.name(listener.url, in: try exchange.message())
        #expect(throws: ResponseRejection.self) { try exchange.receive(message) }
        // What the grammar keeps from the verifier.
        if let root = try? XMLDocument.parse(Array(message.utf8)).root {
            let verifier = SignatureVerifier(certificates: exchange.certificates)
            for element in [root] + root.childElements { _ = try? verifier.verify(element) }
        }
        #expect(!listener.wasContacted)
    }

    @Test(arguments: Place.encrypted)
    func areMadeForNoEncryptedAssertion(_ place: Place) throws {
        let listener = try LoopbackListener()
        let exchange = try EncryptedExchange.make()
        let message = try exchange.message {
            $0.encryption = AssertionEncryption(for: try EncryptedExchange.recipient().certificate)
        }
        _ = try exchange.receive(message)
        let named = try place.name(listener.url, in: message)
        #expect(throws: ResponseRejection.self) { try exchange.receive(named) }
        #expect(!listener.wasContacted)
    }

    @Test(arguments: Place.anywhere)
    func areMadeForNoLogoutRequest(_ place: Place) throws {
        let listener = try LoopbackListener()
        let exchange = try LogoutExchange()
        let message = try place.name(listener.url, in: try exchange.xml())
        // A key that could be retrieved is not refused: KeyInfo is never read.
        _ = try? exchange.receive(xml: message)
        #expect(!listener.wasContacted)
    }

    /// The messages that were made elsewhere, with this listener's address in the place of the one in them.
    @Test(arguments: ["e15_dtd.xml", "e15_remote.xml", "e15_retr.xml", "e15_xxe.xml"])
    func areMadeForNoExperiment(_ file: String) throws {
        let listener = try LoopbackListener()
        let text = try Fixture.text("../../XMLSecurityTests/Fixtures/portico-experiments/" + file)
        let start = try #require(text.firstRange(of: "http://127.0.0.1:18080/")?.lowerBound)
        let end = try #require(text[start...].firstIndex { "\"<>".contains($0) })
        let exchange = try Exchange()
        #expect(throws: ResponseRejection.self) {
            try exchange.receive(text[..<start] + listener.url + text[end...])
        }
        #expect(!listener.wasContacted)
    }

    @Test(arguments: [
        Place("an external DTD", "<md:EntityDescriptor") { "<!DOCTYPE a SYSTEM \"\($0)\"><md:EntityDescriptor" },
        Place("a schema's location", "<md:EntityDescriptor") {
            "<md:EntityDescriptor xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                + "xsi:schemaLocation=\"urn:x \($0)\" xml:base=\"\($0)\""
        },
        Place("XInclude", "<md:IDPSSODescriptor") {
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"\($0)\"/><md:IDPSSODescriptor"
        },
    ])
    func areMadeForNoMetadata(_ place: Place) throws {
        let listener = try LoopbackListener()
        let metadata = try place.name(listener.url, in: try MetadataSample().document)
        _ = try? IdPMetadataReader.read(Array(metadata.utf8), now: MetadataSample.now)
        #expect(!listener.wasContacted)
    }
}
