import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAMLTesting
import Testing
import Workspaces

@Suite("Where a sign-in begins")
struct SignInEndpointTests {
    @Test(arguments: ["sign-in", "sign-up"])
    func isAFormForTheCompanyID(page: String) async throws {
        try await TestInstallation.run { _, client in
            let response = try await Browser(client).get("/.portico/\(page)?rd=/tasks")
            let text = response.text
            #expect(response.status == .ok)
            #expect(text.contains("action=\"/.portico/\(page)\""))
            #expect(text.contains("name=\"rd\" value=\"/tasks\""))
            #expect(response.headers[values: .setCookie] == [])
        }
    }

    @Test(arguments: ["company-a", "  Company-A\t", "COMPANY-A"])
    func findsTheWorkspaceAsItWasTyped(typed: String) async throws {
        try await TestInstallation.run { _, client in
            let response = try await Browser(client).post("/.portico/sign-in", [("company_id", typed)])
            #expect(response.status == .seeOther)
            let location = try #require(response.headers[.location])
            #expect(location.hasPrefix("https://idp.example/sso?app=1&SAMLRequest="))
            #expect(response.headers[values: .setCookie].count == 1)
        }
    }

    @Test func isALinkForApplications() async throws {
        try await TestInstallation.run { installation, client in
            for origin in [Browser.Origin.typed, .ownPage] {
                let browser = Browser(client)
                let response = try await browser.get(
                    "/.portico/sign-in?company_id=company-a&rd=%2Ftasks%3Fid%3D7",
                    from: origin
                )
                #expect(response.status == .found)
                let stored = try await installation.database.inspection.query(
                    "SELECT return_path, intent FROM authn_requests ORDER BY created_at LIMIT 1"
                )
                #expect(try stored.singleRow().value("return_path", as: String.self) == "/tasks?id=7")
            }
        }
    }

    @Test(arguments: [
        ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example", "/"), ("/\tevil", "/"),
        ("javascript:alert(1)", "/"), ("", "/"), ("/a//b?c=https://d", "/a//b?c=https://d"),
        ("/" + String(repeating: "a", count: 1023), "/" + String(repeating: "a", count: 1023)),
        ("/" + String(repeating: "a", count: 1024), "/"), ("/" + String(repeating: "é", count: 171), "/"),
    ])
    func keepsThePersonOnThisSite(given: String, kept: String) async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin(returnPath: given)
            let response = try await person.post(
                try person.response(to: received),
                relayState: received.relayState
            )
            #expect(response.headers[.location] == kept)
        }
    }

    @Test(arguments: [
        ("company-x", HTTPResponse.Status.notFound), ("company-off", .notFound), ("company-closed", .notFound),
        ("Company A", .unprocessableContent), ("", .unprocessableContent), (" ", .unprocessableContent),
    ])
    func showsTheFormAgainWithWhatWasTyped(typed: String, status: HTTPResponse.Status) async throws {
        try await TestInstallation.run { installation, client in
            try await Self.addWorkspacesThatNobodyCanSignInTo(installation)
            let response = try await Browser(client)
                .post(
                    "/.portico/sign-in",
                    [("company_id", typed), ("rd", "/tasks")]
                )
            let text = response.text
            #expect(response.status == status)
            #expect(text.contains("value=\"\(typed)\""))
            #expect(text.contains("value=\"/tasks\""))
            #expect(text.contains("aria-invalid=\"true\""))
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test func tellsAnUnknownCompanyAndOneWithoutSAMLAlike() async throws {
        try await TestInstallation.run { installation, client in
            try await Self.addWorkspacesThatNobodyCanSignInTo(installation)
            var pages: [String] = []
            for company in ["company-xxx", "company-off"] {
                let response = try await Browser(client).get("/.portico/sign-in?company_id=\(company)")
                #expect(response.status == .notFound)
                pages.append(response.text.replacing(company, with: ""))
            }
            #expect(pages[0] == pages[1])
        }
    }

    private static func addWorkspacesThatNobodyCanSignInTo(_ installation: TestInstallation) async throws {
        try await installation.addWorkspace("company-off")
        try await installation.addWorkspace("company-closed")
        try await installation.change(
            """
            UPDATE identity_providers SET enabled = false
            WHERE workspace_id = (SELECT workspace_id FROM company_ids WHERE folded = 'company-off')
            """
        )
        try await installation.change("UPDATE workspaces SET status = 'disabled' WHERE company_id = 'company-closed'")
    }

    @Test func answersProgramsWithJSON() async throws {
        try await TestInstallation.run { _, client in
            try await client.execute(uri: "/.portico/sign-in?company_id=company-x", method: .get) { response in
                #expect(response.status == .notFound)
                #expect(response.text.contains("\"code\":\"company_not_found\""))
            }
        }
    }

    @Test func refusesFormsOfOtherSites() async throws {
        try await TestInstallation.run { installation, client in
            for page in ["sign-in", "sign-up", "sign-out"] {
                let response = try await Browser(client)
                    .post(
                        "/.portico/\(page)",
                        [("company_id", "company-a")],
                        from: .otherSite
                    )
                #expect(response.status == .forbidden)
                #expect(response.code == "cross_site_refused")
            }
            #expect(try await StoredState.count("authn_requests", installation) == 0)
        }
    }

    @Test func slowsDownWhoeverGuessesCompanyIDs() async throws {
        try await TestInstallation.run(limits: .init(capacity: 20, refillPerSecond: 1)) { _, client in
            let browser = Browser(client)
            for _ in 0..<2 {
                let response = try await browser.post("/.portico/sign-in", [("company_id", "company-x")])
                #expect(response.status == .notFound)
            }
            let response = try await browser.post("/.portico/sign-in", [("company_id", "company-a")])
            #expect(response.status == .tooManyRequests)
            #expect(response.code == "rate_limited")
            #expect(response.headers[.retryAfter] == "1")
        }
    }

    @Test func boundsTheSignInsOfOneWorkspace() async throws {
        let limiter = WorkspaceLimiter(.init(capacity: 2, refillPerSecond: 0.5))
        try await TestInstallation.run(workspaceLimiter: limiter) { installation, client in
            let person = SignInExchange(installation, client)
            for _ in 0..<2 { _ = try await person.begin() }
            let refused = try await person.browser.post("/.portico/sign-in", [("company_id", "company-a")])
            #expect(refused.status == .tooManyRequests)
            #expect(refused.code == "rate_limited")
            #expect(refused.headers[.retryAfter] == "2")
            let other = try await person.browser.post("/.portico/sign-in", [("company_id", "company-own")])
            #expect(other.status == .seeOther || other.status == .found)
        }
    }

    @Test func boundsWhatIsStoredForSignInsThatHaveBegun() async throws {
        let limiter = StartLimiter(network: .init(capacity: 2, refillPerSecond: 1))
        try await TestInstallation.run(startLimiter: limiter) { installation, client in
            let person = SignInExchange(installation, client)
            for _ in 0..<2 { _ = try await person.begin() }
            let response = try await person.browser.post("/.portico/sign-in", [("company_id", "company-a")])
            #expect(response.status == .tooManyRequests)
            #expect(response.code == "rate_limited")
            #expect(try await StoredState.count("authn_requests", installation) == 2)
            #expect(try await person.browser.get("/.portico/sign-in").status == .ok)
        }
    }
}
