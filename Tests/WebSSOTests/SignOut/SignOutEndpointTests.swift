import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Testing

@Suite("Sign-out")
struct SignOutEndpointTests {
    @Test func asksFirstAndThenEndsTheSession() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            let asked = try await person.browser.get("/.portico/sign-out")
            #expect(asked.text.contains("ann@company-a.example"))
            #expect(try await StoredState.count("sessions", installation) == 1)

            let ended = try await person.browser.post("/.portico/sign-out", [])
            #expect(ended.status == .seeOther)
            #expect(ended.headers[.location] == "/.portico/sign-out")
            #expect(person.sessionCookie == nil)
            #expect(try await StoredState.count("sessions", installation) == 0)
            #expect(try await StoredState.count("session_tokens", installation) == 0)
            let after = try await person.browser.get("/.portico/sign-out")
            #expect(after.text.contains("You are signed out"))
        }
    }

    @Test func endsOnlyTheSessionOfThisBrowser() async throws {
        try await TestInstallation.run { installation, client in
            let first = SignInExchange(installation, client)
            let second = SignInExchange(installation, client)
            try await first.signIn()
            try await second.signIn()
            _ = try await first.browser.post("/.portico/sign-out", [])
            let asked = try await second.browser.get("/.portico/sign-out")
            #expect(asked.text.contains("ann@company-a.example"))
        }
    }

    @Test func endsASessionThatTheDatabaseCountsAsIdleAlready() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            // The data plane tells the database later when it let the person in last.
            try await installation.change(
                "UPDATE sessions SET last_seen_at = last_seen_at - make_interval(secs => max_idle_seconds + 1)"
            )
            #expect(try await person.browser.get("/.portico/sign-out").text.contains("Sign out?"))
            _ = try await person.browser.post("/.portico/sign-out", [])
            #expect(try await StoredState.count("sessions", installation) == 0)
            #expect(try await StoredState.count("session_tokens", installation) == 0)
        }
    }

    @Test func takesTheCookieAwayWithoutASessionToo() async throws {
        try await TestInstallation.run { _, client in
            let browser = Browser(client)
            browser.hold("__Host-portico_session", value: "nonsense", isLax: true)
            let ended = try await browser.post("/.portico/sign-out", [])
            #expect(ended.status == .seeOther)
            #expect(browser.cookie("__Host-portico_session") == nil)
        }
    }

    @Test func saysSoWhenTheDatabaseIsAway() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn()
            await installation.database.pool.shutDown()
            let ended = try await person.browser.post("/.portico/sign-out", [])
            #expect(ended.status == .serviceUnavailable)
            #expect(person.sessionCookie == nil)
        }
    }
}
