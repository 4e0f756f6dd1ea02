import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Metadata fills the form of single sign-on")
struct MetadataPreviewTests {
    private static let path = TestConsole.singleSignOn + "/metadata"

    @Test func fillsTheFormAndSavesNothing() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let certificate = try SingleSignOnForm.certificate.get()
            let response = try await Self.read(Self.document([Self.entity("https://idp.example/a")]), browser)
            #expect(response.status == .ok)
            #expect(response.text.contains("The metadata was read."))
            #expect(response.text.contains("name=\"sign_in_url\" value=\"https://idp.example/sso\""))
            #expect(response.text.contains("name=\"issuer\" value=\"https://idp.example/a\""))
            #expect(response.text.contains(String(certificate.pem.dropLast(1))))
            #expect(try await console.configured().identityProvider == nil)
        }
    }

    @Test func asksWhichOfTwoIdentityProvidersIsMeant() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let entities = try ["https://idp.example/a", "https://idp.example/b"].map(Self.entity)
            let asked = try await Self.read(Self.document(entities), browser)
            #expect(asked.status == .unprocessableContent)
            #expect(asked.text.contains("Say which one is meant"))
            #expect(asked.text.contains("name=\"entity_id\""))
            let read = try await Self.read(Self.document(entities), browser, ["entity_id": "https://idp.example/b"])
            #expect(read.status == .ok)
            #expect(read.text.contains("name=\"issuer\" value=\"https://idp.example/b\""))
        }
    }

    @Test(arguments: [
        ("<html></html>", "web page"), ("{}", "JSON"), ("<Response/>", "not SAML metadata"),
        ("-----BEGIN CERTIFICATE-----", "certificate or a key"), ("", "Give the address or the text"),
        (
            """
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example">\
            <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>
            """, "service provider"
        ),
    ])
    func saysWhatToGiveInstead(_ text: String, _ words: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let response = try await Self.read(text, browser)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains(words))
            #expect(response.text.contains(HTMLText.escaped(text)))
        }
    }

    @Test(arguments: ["http://idp.example/metadata", "https://127.0.0.1/metadata", "https://[::1]/", "idp.example"])
    func fetchesNothingFromWhereItMustNot(_ url: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let response = try await Self.read("", browser, ["idp_metadata_url": url])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("id=\"idp-metadata-url-problem\""))
            // What an address inside answers, or whether there is one, is nothing for a workspace.
            #expect(!response.text.contains("not of the public Internet") && !response.text.contains("has the address"))
            #expect(response.text.contains("value=\"\(url)\""))
        }
    }

    // MARK: - Metadata

    private static func read(
        _ text: String,
        _ browser: TestBrowser,
        _ more: [String: String] = [:]
    ) async throws -> TestResponse {
        var form = ["csrf": try await browser.csrf(), "idp_metadata": text, "idp_metadata_url": ""]
        form.merge(more) { _, new in new }
        return try await browser.post(Self.path, form)
    }

    private static func entity(_ entityID: String) throws -> String {
        let base64 = StrictBase64.encode(try SingleSignOnForm.certificate.get().der)
        return """
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="\(entityID)">
            <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">
            <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>\(base64)</X509Certificate>
            </X509Data></KeyInfo></KeyDescriptor>
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
                Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>
            """
    }

    private static func document(_ entities: [String]) throws -> String {
        guard entities.count > 1 else { return try #require(entities.first) }
        return """
            <EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">\(entities.joined())</EntitiesDescriptor>
            """
    }
}
