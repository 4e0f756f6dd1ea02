import Testing

@testable import XMLSecurity

/// Every message of the experiments that settled the design, against its verdict.
@Suite("Experiments")
struct ExperimentTests {
    private static let folder = "portico-experiments"

    private static let messages = Fixture.names(in: folder, suffix: ".xml").filter { !$0.hasPrefix("ok_") }

    /// Where the original still stands, signed, at its own place beside the forgery.
    ///
    /// Refusing these is the business of the grammar of SAML; here it is enough that what is read is the original.
    private static let originals: Set<String> = ["xsw3.xml", "xsw7.xml"]

    private func verifier() throws -> SignatureVerifier {
        SignatureVerifier(certificates: try SigningCertificate.parse(try Fixture.text("\(Self.folder)/idp.crt")))
    }

    /// Whatever a service provider might read: the response and the assertions directly inside.
    private func verified(_ name: String) throws -> [VerifiedElement] {
        let root = try XMLDocument.parse(try Fixture.bytes("\(Self.folder)/\(name)")).root
        let verifier = try self.verifier()
        return ([root] + root.children(named: Message.assertion)).compactMap { try? verifier.verify($0) }
    }

    @Test(arguments: ["ok_resp.xml", "ok_ass.xml"])
    func acceptsTheGenuine(name: String) throws {
        #expect(try self.verified(name).count == 1)
    }

    @Test func knowsThemAll() {
        #expect(Self.messages.count == 60)
    }

    @Test(arguments: messages)
    func refusesTheForged(name: String) throws {
        let verified: [VerifiedElement]
        do {
            verified = try self.verified(name)
        } catch is XMLRejection {
            return
        }
        guard Self.originals.contains(name) else {
            #expect(verified.isEmpty)
            return
        }
        #expect(verified.count == 1)
        for element in verified {
            let text = String(decoding: element.element.tree.bytes, as: UTF8.self)
            #expect(text.contains("user@victim.example.evil.example"))
            #expect(!text.contains("admin@victim.example"))
        }
    }
}
