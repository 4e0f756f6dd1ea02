import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing
import Workspaces

@Suite("The guides for identity providers")
struct GuidesTests {
    private static let guides = TestConsole.singleSignOn + "/guides/"

    /// Saves the values that the expectations name.
    private func configure(_ console: TestConsole, _ browser: TestBrowser) async throws {
        var form = try await console.form(browser)
        form["sp_issuer"] = GuideExpectation.Value.issuer
        form["acs_style"] = "own"
        form["attributes.email"] = GuideExpectation.Value.email
        form["attributes.display_name"] = GuideExpectation.Value.displayName
        form["attributes.first_name"] = GuideExpectation.Value.firstName
        form["attributes.last_name"] = GuideExpectation.Value.lastName
        form["attributes.groups"] = GuideExpectation.Value.groups
        form["attributes.roles"] = GuideExpectation.Value.roles
        #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
    }

    private func mapGroups(_ browser: TestBrowser) async throws {
        let path = "/.portico/settings/mappings"
        let page = try await browser.get(path).text
        let version = try #require(page.firstMatch(of: /name="version" value="([^"]+)"/)).1
        let mapped = try await browser.post(
            path,
            pairs: [
                ("csrf", try await browser.csrf(path)), ("version", String(version)), ("preview_email", ""),
                ("roles.group", "Leads"), ("roles.role", "SUPERVISOR"),
            ]
        )
        #expect(mapped.status == .seeOther)
    }

    /// What stands in the field with a label, still escaped.
    private func value(of field: String, in page: String) -> String? {
        page.components(separatedBy: ">\(HTMLText.escaped(field))</label>").dropFirst().first?
            .firstMatch(of: /readonly value="([^"]*)"/).map { String($0.1) }
    }

    @Test("fills in the exact values of the workspace", arguments: GuideExpectation.all)
    func fillsInTheValues(_ expected: GuideExpectation) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await self.configure(console, browser)
            try await self.mapGroups(browser)
            let answer = try await browser.get(Self.guides + expected.provider)
            #expect(answer.status == .ok)
            let page = answer.text
            #expect(page.contains("<h1>\(expected.title), step by step</h1>"))
            for (field, value) in expected.placed {
                #expect(self.value(of: field, in: page) == HTMLText.escaped(value), "\(field)")
            }
            let roles = ["ADMIN", "SUPERVISOR", "REVIEWER", "LABELER"].map { "<code>company-a_\($0)</code>" }
            for text in expected.texts + [GuideExpectation.Value.email] {
                #expect(page.contains(HTMLText.escaped(text)), "\(text)")
            }
            for role in roles { #expect(page.contains(role)) }
            #expect(!page.contains("mail<&>") && !page.contains("'b'<c>"))
            #expect(page.contains("<form method=\"post\" action=\"\(TestConsole.singleSignOn)/test\">"))
        }
    }

    @Test(arguments: GuideExpectation.all.map(\.provider))
    func leavesOutRolesAndGroupsThatCountForNothing(_ provider: String) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["roles_mode"] = "off"
            form["attributes.roles"] = "unusedRoles"
            form["attributes.groups"] = "unusedGroups"
            _ = try await browser.post(TestConsole.singleSignOn, form)
            let page = try await browser.get(Self.guides + provider).text
            #expect(!page.contains("unusedRoles") && !page.contains("unusedGroups"))
            #expect(!page.contains("company-a_ADMIN"))
        }
    }

    @Test func sayWhatTheSettingsAskOfSignatures() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["signature_policy"] = "both"
            form["sign_requests"] = "on"
            form["require_encryption"] = "on"
            _ = try await browser.post(TestConsole.singleSignOn, form)
            let keycloak = try await browser.get(Self.guides + "keycloak").text
            #expect(keycloak.contains("import Portico’s signing certificate"))
            #expect(keycloak.contains("switch “Sign documents” and “Sign assertions” on"))
            #expect(keycloak.contains("refuses assertions that are not encrypted"))
            #expect(try await browser.get(Self.guides + "google").text.contains("never both"))
        }
    }

    @Test func areForAVisitorWithASetupLinkAndLinkedWhereTheyAreWanted() async throws {
        try await TestConsole.run { console, client in
            let browser = TestBrowser(client)
            _ = try await browser.post(try await console.setupLink(), [:])
            let overview = try await browser.get(TestConsole.settings).text
            let singleSignOn = try await browser.get(TestConsole.singleSignOn).text
            for provider in GuideExpectation.all.map(\.provider) {
                let link = "<a href=\"\(Self.guides)\(provider)\">"
                #expect(overview.contains(link) && singleSignOn.contains(link))
                let page = try await browser.get(Self.guides + provider).text
                #expect(page.contains("The button is on the page of"))
                #expect(page.contains("https://apps.example.com/.portico/saml/acs"))
            }
            try await console.configure(browser)
            #expect(try await !browser.get(TestConsole.settings).text.contains(Self.guides))
            #expect(try await browser.get(Self.guides + "shibboleth").status == .notFound)
            #expect(try await TestBrowser(client).get(Self.guides + "okta").status == .seeOther)
        }
    }

    @Test func followTheDraftThatIsEdited() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            try await console.enable(browser)
            var form = try await console.form(browser)
            form["attributes.email"] = "draftedName"
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
            #expect(try await browser.get(Self.guides + "okta").text.contains("<code>draftedName</code>"))
        }
    }

    @Test func leadToAPresetThatIsFilledInAndNotSaved() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            let guide = try await browser.get(Self.guides + "entra").text
            #expect(guide.contains("\(TestConsole.singleSignOn)?preset=entra-uri#people"))
            let filled = try await browser.get(TestConsole.singleSignOn + "?preset=entra-uri").text
            #expect(filled.contains("value=\"\(AttributePreset.entraURI.names.email)\""))
            #expect(filled.contains("<option value=\"entra-uri\" selected"))
            #expect(try await console.configured().identityProvider == nil)

            var form = try await console.form(browser)
            form["attribute_preset"] = "entra-uri"
            _ = try await browser.post(TestConsole.singleSignOn, form)
            let guideAfter = try await browser.get(Self.guides + "entra").text
            #expect(!guideAfter.contains("?preset="))
            #expect(guideAfter.contains("<code>emailaddress</code>"))
            #expect(guideAfter.contains("<code>http://schemas.xmlsoap.org/ws/2005/05/identity/claims</code>"))
        }
    }

    @Test func fillInAPresetWithoutAScriptAndKeepWhatWasTyped() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["sign_in_url"] = "https://typed.example/sso"
            form["require_encryption"] = "on"
            form["attributes.email"] = "typedByHand"
            form["attribute_preset"] = "google"
            let filled = try await browser.post(TestConsole.singleSignOn + "/preset", form)
            #expect(filled.status == .ok)
            #expect(filled.text.contains("<option value=\"google\" selected"))
            #expect(filled.text.contains("value=\"https://typed.example/sso\""))
            #expect(filled.text.contains("name=\"require_encryption\" value=\"on\" checked"))
            for name in ["Email", "FirstName", "LastName", "Groups"] {
                #expect(filled.text.contains("value=\"\(name)\""))
            }
            #expect(!filled.text.contains("typedByHand"))
            #expect(try await console.configured().identityProvider == nil)

            form["attribute_preset"] = "custom"
            let kept = try await browser.post(TestConsole.singleSignOn + "/preset", form)
            #expect(kept.status == .ok && kept.text.contains("value=\"typedByHand\""))
            form["attribute_preset"] = "nobody's"
            #expect(try await browser.post(TestConsole.singleSignOn + "/preset", form).status == .badRequest)
        }
    }
}
