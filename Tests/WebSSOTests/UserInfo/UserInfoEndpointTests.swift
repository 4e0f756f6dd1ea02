import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspaces

@testable import WebSSO

@Suite("User info")
struct UserInfoEndpointTests {
    @Test func tellsWhomTheSessionIsFor() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            let answer = try await person.browser.get("/.portico/userinfo")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.cacheControl] == "no-store")
            let end = installation.clock.now.addingTimeInterval(86_400).formatted(.iso8601)
            let user = try #require(answer.text.firstMatch(of: /"user":"([^"]+)"/)).output.1
            #expect(
                answer.text == """
                    {"display_name":"Ann","email":"ann@company-a.example","expires_at":"\(end)","projects":[],\
                    "role":"ADMIN","spaces":[],"user":"\(user)","workspace":"company-a"}
                    """
            )
        }
    }

    @Test func isJSONForABrowserWithoutASessionToo() async throws {
        try await TestInstallation.run { _, client in
            let answer = try await Browser(client).get("/.portico/userinfo")
            #expect(answer.status == .unauthorized)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.text.contains(#""code":"session_required""#))
            #expect(answer.text.contains(#""sign_in_url":"/.portico/sign-in""#))
        }
    }

    @Test(arguments: ["", "nonsense", String(repeating: "A", count: 43)])
    func refusesACookieThatOpensNothing(_ value: String) async throws {
        try await TestInstallation.run { _, client in
            let browser = Browser(client)
            browser.hold("__Host-portico_session", value: value, isLax: true)
            let answer = try await browser.get("/.portico/userinfo")
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func endsWithTheSession() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            let cookie = try #require(person.sessionCookie)
            _ = try await person.browser.post("/.portico/sign-out", [])
            person.browser.hold("__Host-portico_session", value: cookie, isLax: true)
            let answer = try await person.browser.get("/.portico/userinfo")
            #expect(answer.status == .unauthorized)
        }
    }

    @Test func namesSpacesAndProjectsWithTheirRoles() throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let session = Session(
            id: SessionID(UUID()),
            tokenHash: SessionToken.random().hash,
            workspaceID: WorkspaceID(UUID()),
            companyID: try #require(CompanyID("company-a")),
            userID: UserID(UUID()),
            email: try #require(Email("ann@company-a.example")),
            displayName: "Ann \"A\" Archer",
            role: try #require(Role("ADMIN")),
            spaces: ["s1", "s2"],
            projects: [
                ProjectAssignment(id: "p1", role: Role("REVIEWER")),
                ProjectAssignment(id: "p2", role: nil),
            ],
            authenticatedAt: now,
            expiresAt: now.addingTimeInterval(60),
            maxIdle: .seconds(60)
        )
        #expect(
            String(decoding: UserInfo(session).json, as: UTF8.self) == #"""
                {"display_name":"Ann \"A\" Archer","email":"ann@company-a.example","expires_at":"2027-01-15T08:01:00Z",\#
                "projects":[{"id":"p1","role":"REVIEWER"},{"id":"p2","role":null}],"role":"ADMIN","spaces":["s1","s2"],\#
                "user":"\#(session.subject.description)","workspace":"company-a"}
                """#
        )
    }
}
