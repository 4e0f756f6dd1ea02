import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SAML
import Storage
import Testing
import Workspaces
import XMLSecurity

@Suite("The form of single sign-on")
struct SingleSignOnTests {
    @Test func showsWhatToGiveToTheIdentityProvider() async throws {
        try await TestConsole.run { console, client in
            let page = try await console.person(client).get(TestConsole.singleSignOn).text
            for value in [
                "https://apps.example.com/.portico/saml/acs", "https://apps.example.com/.portico/saml/metadata",
                "https://apps.example.com/.portico/saml/slo",
                "https://apps.example.com/.portico/sign-in?company_id=company-a",
            ] {
                #expect(page.contains("readonly value=\"\(value)\""))
            }
        }
    }

    @Test func savesAndAuditsWithTheActor() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["sign_requests"] = "on"
            form["slo_url"] = "https://idp.example/slo"
            form["roles_mode"] = "required"
            let saved = try await browser.post(TestConsole.singleSignOn, form)
            #expect(saved.headers[.location] == TestConsole.singleSignOn + "?saved")

            let configured = try await console.configured()
            let provider = try #require(configured.identityProvider)
            #expect(provider.signInURL == "https://idp.example/sso")
            #expect(provider.signRequests)
            #expect(provider.singleLogout?.url == "https://idp.example/slo")
            #expect(!provider.enabled)
            #expect(configured.workspace.rolesMode == .required)
            let events = try await console.events(.samlConfigured)
            #expect(events.map(\.actor) == [.member(try #require(Email("ann@company-a.example")))])
            let fingerprint = try SingleSignOnForm.certificate.get().sha256Fingerprint
            #expect(events.first?.detail["certificates"] == fingerprint)
            #expect(try await browser.get(TestConsole.singleSignOn + "?saved").text.contains(fingerprint))
        }
    }

    @Test func keepsCommasBetweenGroupsUntilSomebodyChoosesOtherwise() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["attribute_preset"] = "pingone"
            _ = try await browser.post(TestConsole.singleSignOn, form)
            let names = try #require(try await console.configured().identityProvider?.attributeNames)
            #expect(names == AttributePreset.pingone.names && names.groupValues == .comma)
            let page = try await browser.get(TestConsole.singleSignOn)
            #expect(page.text.contains("<option value=\"comma\" selected>"))
            form["attribute_preset_before"] = "pingone"
            form["attributes.group_values"] = "separate"
            form["version"] = try await console.version()
            _ = try await browser.post(TestConsole.singleSignOn, form)
            #expect(try await console.configured().identityProvider?.attributeNames.groupValues == .separate)
        }
    }

    @Test(arguments: FormDefect.all)
    func saysAtTheFieldWhatToPasteInsteadAndKeepsWhatWasTyped(_ defect: FormDefect) async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["attributes.groups"] = "typedByHand"
            form[defect.field] = try defect.value()
            let response = try await browser.post(TestConsole.singleSignOn, form)
            #expect(response.status == .unprocessableContent)
            let id = defect.field.replacing("_", with: "-").replacing(".", with: "-")
            let problem = try #require(response.text.components(separatedBy: "id=\"\(id)-problem\"").dropFirst().first)
            #expect(problem.prefix { $0 != "\n" }.contains(HTMLText.escaped(defect.words)))
            #expect(response.text.contains("value=\"typedByHand\""))
            let typed = try defect.value()
            #expect(typed.isEmpty || response.text.contains(HTMLText.escaped(typed)))
            #expect(try await console.configured().identityProvider == nil)
            #expect(try await console.events(.samlConfigured).isEmpty)
        }
    }

    @Test func saysEverythingThatIsWrongAtOnce() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            for field in ["sign_in_url", "issuer", "certificates", "sp_issuer"] { form[field] = "" }
            let page = try await browser.post(TestConsole.singleSignOn, form).text
            for id in ["sign-in-url", "issuer", "certificates", "sp-issuer"] {
                #expect(page.contains("<a href=\"#\(id)\">"))
                #expect(page.contains("id=\"\(id)-problem\""))
            }
        }
    }

    @Test func doesNotShowAPrivateKeyAgain() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            let key = try SigningKey.generate(.p256).pem()
            form["certificates"] = key
            let response = try await browser.post(TestConsole.singleSignOn, form)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("This is a private key"))
            #expect(!response.text.contains("BEGIN PRIVATE"))
            #expect(!response.text.contains(key.split(separator: "\n")[1]))
            #expect(!response.text.contains("everything you typed is still here"))

            // Beside a certificate, the key alone is left out.
            let certificate = try SingleSignOnForm.certificate.get().pem
            form["certificates"] = key + certificate
            let beside = try await browser.post(TestConsole.singleSignOn, form)
            #expect(beside.status == .unprocessableContent && !beside.text.contains("BEGIN PRIVATE"))
            #expect(beside.text.contains("A private key stood beside the certificate"))
            #expect(beside.text.contains(String(certificate.dropLast(1))))
            #expect(!beside.text.contains("everything you typed is still here"))
        }
    }

    @Test func escapesWhatWasTyped() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["sign_in_url"] = "\"><script>alert(1)</script>"
            form["certificates"] = "</textarea><script>alert(2)</script>"
            let page = try await browser.post(TestConsole.singleSignOn, form).text
            #expect(!page.contains("<script>alert"))
        }
    }

    @Test func showsTheSecondOfTwoWhatTheFirstSavedAndLetsThemChoose() async throws {
        try await TestConsole.run { console, client in
            let first = try await console.person(client)
            let second = try await console.person(client, email: "amy@company-a.example")
            try await console.configure(first)
            var firstForm = try await console.form(first)
            var secondForm = try await console.form(second)
            firstForm["issuer"] = "https://first.example"
            secondForm["issuer"] = "https://second.example"
            #expect(try await first.post(TestConsole.singleSignOn, firstForm).status == .seeOther)

            let conflict = try await second.post(TestConsole.singleSignOn, secondForm)
            #expect(conflict.status == .unprocessableContent)
            #expect(conflict.text.contains("<td>https://first.example</td><td>https://second.example</td>"))
            #expect(conflict.text.contains("value=\"https://second.example\""))
            #expect(try await console.configured().identityProvider?.issuer.value == "https://first.example")

            let version = conflict.text.firstMatch(of: /name="version" value="([0-9a-f]+)"/)
            secondForm["version"] = String(try #require(version).1)
            #expect(try await second.post(TestConsole.singleSignOn, secondForm).status == .seeOther)
            #expect(try await console.configured().identityProvider?.issuer.value == "https://second.example")
        }
    }

    @Test func takesTheNamesOfAPresetThatWasChosen() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            var form = try await console.form(browser)
            form["attribute_preset"] = "entra"
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
            let provider = try await console.configured().identityProvider
            #expect(provider?.attributeNames == AttributePreset.entra.names)
        }
    }

    @Test func addsACertificateAndTakesOneAway() async throws {
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let next = try SingleSignOnForm.makeCertificate("next.example")
            var form = try await console.form(browser)
            form["certificates"] = next.pem
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
            let old = try SingleSignOnForm.certificate.get().sha256Fingerprint
            let both = try await console.configured().identityProvider?.certificates.map(\.sha256Fingerprint)
            #expect(both == [old, next.sha256Fingerprint])

            form = try await console.form(browser)
            form["certificates"] = ""
            form["remove." + old.filter { $0 != ":" }.lowercased()] = "on"
            #expect(try await browser.post(TestConsole.singleSignOn, form).status == .seeOther)
            let left = try await console.configured().identityProvider?.certificates.map(\.sha256Fingerprint)
            #expect(left == [next.sha256Fingerprint])
        }
    }

    @Test("T5 it is switched on with a claimed domain, and with a test or the word to go on without")
    func isSwitchedOnOnlyWithAClaimedDomain() async throws {
        let path = TestConsole.singleSignOn + "/enable"
        try await TestConsole.run(domains: []) { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let configured = try await console.configured()
            let name = SingleSignOnPromotion.name(of: configured, over: configured)
            let refused = try await browser.post(path, ["csrf": try await browser.csrf(), "change": name])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("claim one before enabling SAML"))
            // Nothing was typed, so nothing is said to be kept.
            #expect(refused.text.contains("<strong>Nothing was changed.</strong>"))
            #expect(!refused.text.contains("Nothing was saved.") && !refused.text.contains("everything you typed"))
            #expect(try await console.configured().identityProvider?.enabled == false)
        }
        try await TestConsole.run { console, client in
            let browser = try await console.person(client)
            try await console.configure(browser)
            let page = try await browser.get(TestConsole.singleSignOn)
            let form = ["csrf": try #require(TestBrowser.csrf(in: page)), "change": try #require(page.change)]
            #expect(try await browser.post(path, form).status == .unprocessableContent)
            #expect(try await console.configured().identityProvider?.enabled == false)
            try await console.enable(browser)
            #expect(try await console.configured().identityProvider?.enabled == true)
            #expect(try await console.events(.samlEnabled).count == 1)
        }
    }
}
