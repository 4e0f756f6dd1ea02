import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Starts that the person may not have asked for")
struct ConsentTests {
    @Test func areAskedAboutWhenALinkComesFromAnotherSite() async throws {
        try await TestInstallation.run { installation, client in
            let browser = Browser(client)
            let response = try await browser.get("/.portico/sign-in?company_id=company-a&rd=/tasks", from: .otherSite)
            let page = response.text
            #expect(response.status == .ok)
            #expect(page.contains("Continue to The company-a?"))
            #expect(response.headers[values: .setCookie] == [])
            #expect(try await StoredState.count("authn_requests", installation) == 0)

            let agreed = try await browser.post(
                "/.portico/sign-in",
                [("company_id", "company-a"), ("rd", "/tasks"), ("confirmed", "company-a")]
            )
            #expect(agreed.status == .seeOther)
        }
    }

    @Test func areNotAgreedToByTheLinkItself() async throws {
        try await TestInstallation.run { installation, client in
            let stranger = Browser(client)
            let link = "/.portico/sign-in?company_id=company-b&confirmed=company-b"
            let asked = try await stranger.get(link, from: .otherSite)
            #expect(asked.status == .ok)
            #expect(asked.text.contains("Continue to The company-b?"))

            let person = SignInExchange(installation, client)
            try await person.signIn("company-a")
            for origin in [Browser.Origin.otherSite, .ownPage, .typed] {
                let asked = try await person.browser.get(link, from: origin)
                #expect(asked.status == .ok)
                #expect(asked.text.contains("Continue to The company-b?"))
            }
            #expect(try await StoredState.count("sessions", installation) == 1)
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test func goStraightOnForABrowserThatDoesNotSayWhereItComesFrom() async throws {
        try await TestInstallation.run { _, client in
            let headers: HTTPFields = [.accept: "text/html"]
            try await client.execute(
                uri: "/.portico/sign-in?company_id=company-a",
                method: .get,
                headers: headers
            ) { #expect($0.status == .found) }
        }
    }

    @Test func areAskedAboutWhileASessionOfAnotherWorkspaceIsAlive() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn("company-a")
            let asked = try await person.browser.post("/.portico/sign-in", [("company_id", "company-b")])
            let page = asked.text
            #expect(asked.status == .ok)
            #expect(page.contains("Continue to The company-b?"))
            #expect(page.contains("ann@company-a.example"))
            #expect(try await StoredState.count("sessions", installation) == 1)

            let otherwise = try await person.browser.post(
                "/.portico/sign-in",
                [("company_id", "company-b"), ("confirmed", "company-a")]
            )
            #expect(otherwise.status == .ok)

            _ = try await person.begin("company-b")
            #expect(try await StoredState.count("sessions", installation) == 0)
        }
    }

    @Test func goStraightOnWithinTheSameWorkspace() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn("company-a")
            let response = try await person.browser.get("/.portico/sign-in?company_id=company-a")
            #expect(response.status == .found)
            #expect(try await StoredState.count("sessions", installation) == 1)
        }
    }
}
