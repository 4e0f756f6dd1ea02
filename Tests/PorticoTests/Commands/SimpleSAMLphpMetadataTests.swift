import Foundation
import LocalServers
import Testing
import XMLSecurity

@testable import Portico

/// The metadata that a real identity provider publishes.
@Suite("Metadata of SimpleSAMLphp")
struct SimpleSAMLphpMetadataTests {
    @Test
    func isImportedAsPublished() async throws {
        let folder = try TemporaryFolder()
        let idp = try await SimpleSAMLphp.start(
            in: folder.url,
            serviceProviders: [
                ServiceProviderEntry(entityID: "portico", assertionConsumerServices: ["http://localhost:8080/acs"])
            ],
            people: [:]
        )
        let path = try #require(URL(string: idp.entityID)?.path)
        let page = try await HTTPExchange.get(path, at: ListenAddress(host: "127.0.0.1", port: idp.port))
        await idp.stop()
        #expect(page.status == 200)

        let bench = try await CommandBench().changed("PORTICO_PUBLIC_URL", to: "http://localhost:8080")
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        let file = try bench.file("idp.xml", page.body)
        let change = try await bench.json("saml", "configure", "company-a", "--metadata", file)
        #expect(change["saved"] == .bool(true))
        let shown = try await bench.json("saml", "show", "company-a")
        #expect(shown["issuer"] == .text(idp.entityID))
        #expect(shown["sign_in_url"] == .text(idp.signInURL))
        #expect(shown["slo_url"] == .text(idp.baseURL + "saml2/idp/SingleLogoutService.php"))
        let certificate = try #require(try SigningCertificate.parse(idp.certificate).first)
        #expect(shown["certificates"].count == 1)
        #expect(shown["certificates"][0]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
    }
}
