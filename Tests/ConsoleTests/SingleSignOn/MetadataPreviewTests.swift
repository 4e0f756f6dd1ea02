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
            let response = try await Self.read(Self.document([Self.entity("https://idp.example/a")]), console, browser)
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
            let asked = try await Self.read(Self.document(entities), console, browser)
            #expect(asked.status == .unprocessableContent)
            #expect(asked.text.contains("Say which one is meant"))
            #expect(asked.text.contains("name=\"entity_id\""))
            #expect(asked.text.contains("https://idp.example/a, https://idp.example/b"))
            #expect(asked.text.contains("Paste it into this field"))
            let chosen = ["entity_id": "https://idp.example/b"]
            let read = try await Self.read(Self.document(entities), console, browser, chosen)
            #expect(read.status == .ok)
            #expect(read.text.contains("name=\"issuer\" value=\"https://idp.example/b\""))
        }
    }

    @Test(arguments: [
        ("<html></html>", "web page"), ("{}", "JSON"), ("<Response/>", "not SAML metadata"),
        ("-----BEGIN CERTIFICATE-----", "certificate or a key"), ("", "Give the address, the file or the text."),
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
            let response = try await Self.read(text, console, browser)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains(words))
            #expect(response.text.contains(HTMLText.escaped(text)))
        }
    }

    @Test(arguments: ["http://idp.example/metadata", "https://127.0.0.1/metadata", "https://[::1]/", "idp.example"])
    func fetchesNothingFromWhereItMustNot(_ url: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let response = try await Self.read("", console, browser, ["idp_metadata_url": url])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("id=\"idp-metadata-url-problem\""))
            // What an address inside answers, or whether there is one, is nothing for a workspace.
            #expect(!response.text.contains("not of the public Internet") && !response.text.contains("has the address"))
            #expect(response.text.contains("value=\"\(url)\""))
        }
    }

    /// What somebody typed beside the metadata, which has nothing to say of it.
    private static let typed = [
        "attributes.email": "mail-of-mine", "attribute_preset": "custom", "attribute_preset_before": "custom",
        "roles_mode": "required", "sp_issuer": "https://sp.example/mine", "sign_requests": "on", "authn_context": "x y",
        "slo_url": "https://idp.example/bye", "version": "0123456789abcdef",
    ]

    /// Whether all of that stands in the form of a page.
    private static func expectTyped(_ page: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in [
            "name=\"attributes.email\" value=\"mail-of-mine\"", "value=\"required\" selected",
            "name=\"sp_issuer\" value=\"https://sp.example/mine\"", "name=\"sign_requests\" value=\"on\" checked",
            "name=\"authn_context\" value=\"x y\"", "name=\"slo_url\" value=\"https://idp.example/bye\"",
            // Over whatever somebody saves meanwhile the form is not saved unseen.
            "name=\"version\" value=\"0123456789abcdef\"",
        ] {
            #expect(page.contains(text), "\(text)", sourceLocation: sourceLocation)
        }
    }

    @Test func keepsWhatWasTypedBesideIt() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let document = try Self.document([Self.entity("https://idp.example/a")])
            let response = try await Self.read(document, console, browser, Self.typed)
            #expect(response.status == .ok)
            Self.expectTyped(response.text)
            #expect(response.text.contains("name=\"issuer\" value=\"https://idp.example/a\""))
        }
    }

    @Test func keepsWhatWasTypedWhenItCannotBeRead() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var more = Self.typed
            more["issuer"] = "https://typed.example"
            more["certificates"] = "typed"
            let response = try await Self.read("<html>", console, browser, more)
            #expect(response.status == .unprocessableContent)
            Self.expectTyped(response.text)
            #expect(response.text.contains("name=\"issuer\" value=\"https://typed.example\""))
            #expect(response.text.contains(">\ntyped</textarea>") && response.text.contains("&lt;html&gt;"))
        }
    }

    @Test func comesAsAFile() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let form = try await Self.form(console, browser, Self.typed)
            let document = try Self.document([Self.entity("https://idp.example/a")])
            let read = try await browser.post(Self.path, form, file: document, named: "idp_metadata_file")
            #expect(read.status == .ok)
            #expect(read.text.contains("name=\"issuer\" value=\"https://idp.example/a\""))
            Self.expectTyped(read.text)

            // A file cannot be shown again as one: what was in it stays as text, for the choice between two.
            let entities = try ["https://idp.example/a", "https://idp.example/b"].map(Self.entity)
            let several = try Self.document(entities)
            let asked = try await browser.post(Self.path, form, file: several, named: "idp_metadata_file")
            #expect(asked.status == .unprocessableContent && asked.text.contains("name=\"entity_id\""))
            #expect(asked.text.contains(HTMLText.escaped(several)))

            // In the way of the right one, the wrong one does not stay.
            let wrong = try await browser.post(Self.path, form, file: "{\"wrong\": 1}", named: "idp_metadata_file")
            #expect(wrong.text.contains("id=\"idp-metadata-file-problem\"") && !wrong.text.contains("wrong&quot;"))
            let nowhere = try Self.document(entities + [Self.padding])
            let long = try await browser.post(Self.path, form, file: nowhere, named: "idp_metadata_file")
            #expect(long.text.contains("Choose the file again with it.") && !long.text.contains("padded.example"))
            let none = try await browser.post(Self.path, form, file: "", named: "idp_metadata_file")
            #expect(none.text.contains("Give the address, the file or the text."))
            var both = form
            both["idp_metadata_url"] = "https://idp.example/metadata"
            let two = try await browser.post(Self.path, both, file: document, named: "idp_metadata_file")
            #expect(two.text.contains("There is more than one of address, file and text."))
        }
    }

    @Test func whatIsTooLongDoesNotStandThereAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let wrong = try await Self.read("<html>" + Self.padding, console, browser)
            #expect(wrong.text.contains("paste it anew") && !wrong.text.contains("padded.example"))
            #expect(!wrong.text.contains("everything you typed is still here"))
            let entities = try ["https://idp.example/a", "https://idp.example/b"].map(Self.entity)
            let several = try Self.document(entities + [Self.padding])
            let asked = try await Self.read(several, console, browser)
            #expect(asked.text.contains("name=\"entity_id\"") && asked.text.contains("paste it anew"))
            #expect(!asked.text.contains("padded.example"))
        }
    }

    @Test func decidesAboutEveryCertificateAnew() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let entityID = "https://idp.example/metadata"
            let pinned = try SingleSignOnForm.certificate.get()
            let other = try SingleSignOnForm.makeCertificate("other.example")
            let first = try await Self.read(Self.entity(entityID, signingWith: other), console, browser)
            #expect(first.text.contains(String(other.pem.dropLast(1))) && first.text.contains("certificate removed"))
            // The page as it stands then, with the document that was meant.
            let box = "remove." + pinned.sha256Fingerprint.filter { $0 != ":" }.lowercased()
            let filled = ["certificates": other.pem, box: "on"]
            let second = try await Self.read(Self.entity(entityID), console, browser, filled)
            #expect(second.status == .ok && !second.text.contains(String(other.pem.dropLast(1))))
            #expect(!second.text.contains("certificate removed") && second.text.contains("name=\"\(box)\""))
        }
    }

    @Test func isLookedAtBeforeAnythingIsSaved() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let document = try Self.document([Self.entity("https://idp.example/a")])
            let form = try await Self.form(console, browser, ["idp_metadata": document])
            let shown = try await browser.post(TestConsole.singleSignOn, form)
            #expect(shown.status == .ok && shown.text.contains("The metadata was read."))
            #expect(try await console.configured().identityProvider == nil)
            // The button that saves sends the name of a file and not what is in it.
            let named = try await Self.form(console, browser, ["idp_metadata_file": "idp.xml"])
            let lost = try await browser.post(TestConsole.singleSignOn, named)
            #expect(lost.status == .unprocessableContent && lost.text.contains("The file did not come along."))
        }
    }

    // MARK: - Metadata

    private static func form(
        _ console: TestConsole,
        _ browser: TestBrowser,
        _ more: [String: String]
    ) async throws -> [String: String] {
        var form = try await console.form(browser)
        form.merge(["idp_metadata": "", "idp_metadata_url": "", "certificates": ""]) { _, new in new }
        form.merge(more) { _, new in new }
        return form
    }

    private static func read(
        _ text: String,
        _ console: TestConsole,
        _ browser: TestBrowser,
        _ more: [String: String] = [:]
    ) async throws -> TestResponse {
        let given = ["idp_metadata": text].merging(more) { _, new in new }
        return try await browser.post(Self.path, try await Self.form(console, browser, given))
    }

    /// More than 64 KiB of white space, in which nothing is said.
    private static let padding =
        "<EntityDescriptor entityID=\"https://padded.example\">" + String(repeating: " ", count: 65_536)
        + "</EntityDescriptor>"

    private static func entity(_ entityID: String) throws -> String {
        try self.entity(entityID, signingWith: try SingleSignOnForm.certificate.get())
    }

    private static func entity(_ entityID: String, signingWith certificate: SigningCertificate) throws -> String {
        let base64 = StrictBase64.encode(certificate.der)
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
