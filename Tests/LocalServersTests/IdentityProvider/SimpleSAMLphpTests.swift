import Foundation
import Testing

@testable import LocalServers

@Suite("SimpleSAMLphp as the local identity provider") struct SimpleSAMLphpTests {
    private let folder: TemporaryFolder

    init() throws {
        self.folder = try TemporaryFolder()
    }

    private func start(people: [String: Person] = [:], port: Int? = nil) async throws -> SimpleSAMLphp {
        try await SimpleSAMLphp.start(
            in: self.folder.url,
            port: port,
            serviceProviders: [
                ServiceProviderEntry(
                    entityID: "portico",
                    assertionConsumerServices: ["http://localhost:8080/.portico/saml/acs"]
                )
            ],
            people: people
        )
    }

    /// Fetches a URL as a browser that follows redirects and keeps cookies.
    private func fetch(_ url: String, form: [String: String] = [:]) async throws -> String {
        let out = self.folder.url.appending(path: "page-\(UInt32.random(in: 0 ... .max)).html")
        let cookies = self.folder.url.appending(path: "cookies").path
        let fields = form.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
        try await Command.run(
            ["curl", "-sSL", "-b", cookies, "-c", cookies, "-o", out.path] + fields + [url],
            log: self.folder.url.appending(path: "curl.log")
        )
        return try String(contentsOf: out, encoding: .utf8)
    }

    /// Signs in at the identity provider itself and returns the page that it shows.
    private func signIn(_ name: String, password: String, at idp: SimpleSAMLphp) async throws -> String {
        let page = try await self.fetch(idp.baseURL + "module.php/core/authenticate.php?as=people")
        let state = try #require(page.firstMatch(of: /name="AuthState" value="([^"]*)"/)?.1)
            .replacingOccurrences(of: "&amp;", with: "&")
        return try await self.fetch(
            idp.baseURL + "module.php/core/loginuserpass.php",
            form: ["AuthState": state, "username": name, "password": password]
        )
    }

    @Test func publishesMetadataWithItsCertificate() async throws {
        let idp = try await self.start()
        let metadata = try await self.fetch(idp.entityID)
        #expect(metadata.contains("entityID=\"\(idp.entityID)\""))
        #expect(metadata.contains("Location=\"\(idp.signInURL)\""))
        let body = idp.certificate.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        #expect(metadata.filter { !$0.isWhitespace }.contains(body))
        await idp.stop()
    }

    @Test func knowsItsPeopleAndNoticesAChangeAtTheNextSignIn() async throws {
        let idp = try await self.start(people: [
            "ann": Person(password: "ann's", attributes: ["email": ["ann@company-a.example"], "roles": ["a_ADMIN"]])
        ])
        #expect(try await self.signIn("ann", password: "wrong", at: idp).contains("Incorrect username or password"))
        #expect(try await self.signIn("ann", password: "ann's", at: idp).contains("a_ADMIN"))

        var people = try idp.people()
        people["ann"]?.attributes["roles"] = ["a_LABELER"]
        try idp.setPeople(people)
        let loggedOut = try await self.fetch(idp.signOutURL(returningTo: idp.entityID))
        #expect(loggedOut.contains("EntityDescriptor"))
        let page = try await self.signIn("ann", password: "ann's", at: idp)
        #expect(page.contains("a_LABELER"))
        #expect(!page.contains("a_ADMIN"))
        await idp.stop()
    }

    @Test func keepsItsKeyAndPeopleOverAnotherStart() async throws {
        let first = try await self.start(people: ["ann": Person(password: "ann", attributes: [:])])
        await first.stop()
        let second = try await self.start(people: ["bob": Person(password: "bob", attributes: [:])], port: first.port)
        #expect(second.certificate == first.certificate)
        #expect(try second.people().keys.sorted() == ["ann"])
        await second.stop()
    }

    @Test func refusesAPortThatIsTaken() async throws {
        let idp = try await self.start()
        let other = try TemporaryFolder()
        await #expect(throws: LocalServerError.portTaken(host: "127.0.0.1", port: idp.port)) {
            try await SimpleSAMLphp.start(in: other.url, port: idp.port, serviceProviders: [], people: [:])
        }
        await idp.stop()
    }

    @Test func leavesNoWorkerBehind() async throws {
        let idp = try await self.start()
        let port = idp.port
        await idp.stop()
        #expect(TCPPort.isFree(port))
    }
}
