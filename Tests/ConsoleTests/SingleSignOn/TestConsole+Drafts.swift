import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import Storage
import Testing
import Workspaces

extension TestConsole {
    /// Configures single sign-on, switches it on, and saves a form with a change, which makes a draft.
    func draft(
        _ browser: TestBrowser,
        _ changes: [String: String] = ["sign_in_url": "https://idp.example/other"]
    ) async throws {
        try await self.configure(browser)
        try await self.enable(browser)
        var form = try await self.form(browser)
        form.merge(changes) { _, new in new }
        let saved = try await browser.post(Self.singleSignOn, form)
        #expect(saved.headers[.location] == Self.singleSignOn + "?drafted")
    }

    /// Lets a test sign-in of the draft have succeeded.
    func passTest() async throws {
        try await self.change("UPDATE single_sign_on_versions SET passed_at = \(self.clock.now) WHERE is_draft")
    }

    /// Asks to put the draft in force, though no button of the page says so.
    func promoteUnasked(_ browser: TestBrowser) async throws -> TestResponse {
        let configured = try await self.configured()
        let draft = try await SingleSignOnVersionStore(pool: self.database.pool).draft(self.scope)
        let edited = try #require(draft).settings.applied(to: configured)
        let form = [
            "csrf": try await browser.csrf(Self.singleSignOn), "untested": "on",
            "change": SingleSignOnPromotion.name(of: edited, over: configured),
        ]
        return try await browser.post(Self.singleSignOn + "/in-force", form)
    }

    /// Presses a button that puts the settings in force as the page shows them.
    static func promote(
        _ browser: TestBrowser,
        _ more: [String: String] = ["untested": "on"]
    ) async throws -> TestResponse {
        let page = try await browser.get(Self.singleSignOn)
        var form = ["csrf": try #require(TestBrowser.csrf(in: page)), "change": try #require(page.change)]
        form.merge(more) { _, new in new }
        return try await browser.post(Self.singleSignOn + "/in-force", form)
    }

    /// Gives up the draft that a page shows.
    static func discard(_ browser: TestBrowser, seenOn page: TestResponse? = nil) async throws -> TestResponse {
        var page = page
        if page == nil { page = try await browser.get(Self.singleSignOn) }
        let shown = try #require(page)
        return try await browser.post(
            Self.singleSignOn + "/discard",
            ["csrf": try #require(TestBrowser.csrf(in: shown)), "version": try #require(shown.version)]
        )
    }

    /// Restores a version as a page shows it.
    static func restore(
        _ number: String,
        _ browser: TestBrowser,
        seenOn page: TestResponse? = nil
    ) async throws -> TestResponse {
        var page = page
        if page == nil { page = try await browser.get(Self.singleSignOn + "/versions") }
        let shown = try #require(page)
        return try await browser.post(
            Self.singleSignOn + "/versions",
            [
                "csrf": try #require(TestBrowser.csrf(in: shown)), "version": try #require(shown.version),
                "number": number,
            ]
        )
    }
}

extension TestResponse {
    /// What the page's forms name as the version that they were made of.
    var version: String? {
        self.text.firstMatch(of: /name="version" value="([0-9a-f]+)"/).map { String($0.1) }
    }

    /// What the page's form names to say which change it means.
    var change: String? {
        self.text.firstMatch(of: /name="change" value="([^"]+)"/).map { String($0.1) }
    }
}
