import SAML
import SAMLBindings
import Testing
import XMLSecurity

/// The files of `Fixtures/attacks` and the slow ones beside the tests of the verifier, whose signatures were made elsewhere and once.
@Suite("Given attacks")
struct AttackFixtureTests {
    private static let files = (try? Fixture.names(in: "attacks").filter { $0.hasSuffix(".xml") }) ?? []
    private static let experiments = "../../XMLSecurityTests/Fixtures/portico-experiments"
    private static let slow = (try? Fixture.names(in: experiments).filter { $0.hasPrefix("q_") }) ?? []

    private func outcome(_ file: String, in folder: String = "attacks") throws -> ResponseRejection? {
        let certificates = try SigningCertificate.parse(try Fixture.text("attacks/idp.crt"))
        let expectations = Expectations(
            serviceProvider: try #require(EntityID("https://sp.example")),
            identityProvider: try #require(EntityID("https://idp.example")),
            assertionConsumerService: "https://sp.example/acs",
            requestID: MessageID("_q1"),
            now: try #require(SAMLInstant.parse("2026-01-01T00:00:30Z"))
        )
        let field = StrictBase64.encode(try Fixture.bytes(folder + "/" + file))
        do throws(ResponseRejection) {
            let received = try HTTPPostBinding.decodeResponse(field)
            _ = try received.validate(expectations, certificates: certificates, signaturePolicy: .either)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["ok_ass.xml", "ok_resp.xml"])
    func theOriginalsAreSignedWell(_ file: String) throws {
        let outcome = try self.outcome(file)
        #expect(outcome == nil)
    }

    @Test(arguments: Self.files.filter { !$0.hasPrefix("ok_") })
    func areRefused(_ file: String) throws {
        let outcome = try #require(try self.outcome(file))
        #expect([.xmlInvalid, .signatureInvalid].contains(outcome.code))
    }

    @Test(arguments: slow)
    func areRefusedWhereTheyAreMadeToBeSlow(_ file: String) throws {
        let outcome = try #require(try self.outcome(file, in: Self.experiments))
        #expect([.xmlInvalid, .signatureInvalid, .tooLarge].contains(outcome.code))
    }

    @Test
    func areAllThere() {
        #expect(Self.files.count > 35)
        #expect(Self.slow.count == 16)
    }
}
