import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

/// People who signed in to a gateway whose workspaces have single logout, and their identity provider.
struct LogoutExchange: Sendable {
    static let endpoint = "https://idp.example/slo?app=1"
    static let shared = "https://apps.example.com/.portico/saml/slo"

    let installation: TestInstallation
    let client: any TestClientProtocol

    /// Runs a test in a gateway whose workspaces have a single logout URL.
    static func run(_ test: @Sendable (_ exchange: LogoutExchange) async throws -> Void) async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET slo_url = \(Self.endpoint)")
            try await test(LogoutExchange(installation: installation, client: client))
        }
    }

    /// Signs a person in whom the identity provider knows by a name and a session index.
    func signIn(
        _ nameID: NameID = NameID(value: "ann"),
        index: String? = "_s1",
        company: String = "company-a",
        email: String = "ann@company-a.example",
        from identityProvider: TestIdentityProvider? = nil
    ) async throws -> SignInExchange {
        let person = SignInExchange(self.installation, self.client)
        let received = try await person.begin(company)
        let response = try person.response(to: received, email: email, from: identityProvider) { draft in
            let subject = try #require(draft.assertion?.subject)
            draft.assertion?.subject = Subject(nameID: nameID, confirmations: subject.confirmations)
            let statement = try #require(draft.assertion?.authnStatements.first)
            draft.assertion?.authnStatements = [
                AuthnStatement(
                    authnInstant: statement.authnInstant,
                    sessionIndex: index,
                    authnContextClassRef: statement.authnContextClassRef
                )
            ]
        }
        let path = try #require(URL(string: received.request.assertionConsumerService)).path
        let answer = try await person.post(response, relayState: received.relayState, to: path)
        #expect(answer.status == .seeOther)
        return person
    }

    /// Whether the gateway still knows the person's session.
    func knows(_ person: SignInExchange) async throws -> Bool {
        try await person.browser.get("/.portico/sign-out").text.contains("Sign out?")
    }

    /// A request of the identity provider's that the gateway carries out.
    func request(
        nameID: NameID = NameID(value: "ann"),
        indexes: [String] = ["_s1"],
        to destination: String = Self.shared
    ) -> LogoutRequest {
        LogoutRequest(
            id: .random(),
            issueInstant: self.installation.clock.now,
            destination: destination,
            issuer: Issuer(self.installation.identityProvider.entityID.value),
            notOnOrAfter: self.installation.clock.now + 300,
            nameID: nameID,
            sessionIndexes: indexes
        )
    }

    /// Lets a browser bring a request, signed by the identity provider.
    func send(
        _ request: LogoutRequest,
        by binding: RequestBinding = .redirect,
        relayState: String? = nil,
        signer: MessageSigner? = nil
    ) async throws -> TestResponse {
        let signer = signer ?? Self.signer(self.installation.identityProvider)
        switch binding {
        case .redirect:
            return try await self.follow(
                HTTPRedirectBinding.url(for: request, relayState: relayState, signer: signer),
                in: Browser(self.client)
            )
        case .post:
            return try await self.submit(
                HTTPPostBinding.form(for: request, relayState: relayState, signer: signer),
                in: Browser(self.client)
            )
        }
    }

    /// Lets a browser bring a response, signed by the identity provider.
    func send(
        _ response: LogoutResponse,
        by binding: RequestBinding = .redirect,
        in browser: Browser,
        signer: MessageSigner? = nil
    ) async throws -> TestResponse {
        let signer = signer ?? Self.signer(self.installation.identityProvider)
        switch binding {
        case .redirect:
            return try await self.follow(
                HTTPRedirectBinding.url(for: response, relayState: nil, signer: signer),
                in: browser
            )
        case .post:
            return try await self.submit(
                HTTPPostBinding.form(for: response, relayState: nil, signer: signer),
                in: browser
            )
        }
    }

    /// Goes to a URL of the gateway from the identity provider's page.
    func follow(_ url: String, in browser: Browser) async throws -> TestResponse {
        try await browser.get(Self.path(url), from: .otherSite)
    }

    private func submit(_ form: PostedForm, in browser: Browser) async throws -> TestResponse {
        try await browser.post(Self.path(form.action), form.fields.map { ($0.name, $0.value) }, from: .otherSite)
    }

    /// A message of the gateway's, by redirect or on a page that posts it.
    func message(in answer: TestResponse, kind: ReceivedLogoutMessage.Kind) throws -> ReceivedLogoutMessage {
        if let location = answer.headers[.location] {
            let query = try #require(location.split(separator: "?", maxSplits: 1).last)
            return try HTTPRedirectBinding.decodeLogout(query: String(query.replacing("app=1&", with: "")))
        }
        let field = try #require(answer.field(kind == .request ? "SAMLRequest" : "SAMLResponse"))
        return try HTTPPostBinding.decodeLogout(field, kind: kind, relayState: answer.field("RelayState"))
    }

    /// What the identity provider expects of a message of the gateway's.
    func expectations(at endpoint: String = Self.endpoint) throws -> LogoutExpectations {
        LogoutExpectations(
            identityProvider: try #require(EntityID("portico")),
            singleLogoutService: endpoint,
            now: self.installation.clock.now
        )
    }

    static func signer(_ identityProvider: TestIdentityProvider) -> MessageSigner {
        MessageSigner(key: identityProvider.key, certificate: identityProvider.certificate)
    }

    private static func path(_ url: String) -> String {
        String(url.trimmingPrefix("https://apps.example.com"))
    }
}
