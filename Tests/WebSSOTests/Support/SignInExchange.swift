import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SAML
import SAMLTesting
import Testing

/// One person at one browser, and the identity provider that answers for the person.
struct SignInExchange: Sendable {
    let installation: TestInstallation
    let client: any TestClientProtocol
    let browser: Browser

    init(_ installation: TestInstallation, _ client: any TestClientProtocol) {
        self.installation = installation
        self.client = client
        self.browser = Browser(client)
    }

    /// Types a Company ID and follows the form to the identity provider.
    func begin(
        _ company: String = "company-a",
        page: String = "sign-in",
        returnPath: String = "/tasks?id=7"
    ) async throws -> TestIdentityProvider.ReceivedRequest {
        let response = try await self.browser.post(
            "/.portico/\(page)",
            [("company_id", company), ("rd", returnPath), ("confirmed", company)]
        )
        #expect(response.status == .seeOther)
        let location = try #require(response.headers[.location])
        return try TestIdentityProvider.readRequest(fromRedirect: location)
    }

    /// What the gateway expects of the answer to a request.
    func expectations(for received: TestIdentityProvider.ReceivedRequest) -> Expectations {
        Expectations(
            serviceProvider: received.request.issuer,
            identityProvider: self.installation.identityProvider.entityID,
            assertionConsumerService: received.request.assertionConsumerService,
            requestID: received.request.id,
            now: self.installation.clock.now
        )
    }

    /// The answer to a request, about a person of company-a with the roles.
    func response(
        to received: TestIdentityProvider.ReceivedRequest,
        email: String = "ann@company-a.example",
        roles: [String]? = ["company-a_ADMIN", "company-b_REVIEWER", "company-own_LABELER"],
        from identityProvider: TestIdentityProvider? = nil,
        mutate: (inout ResponseDraft) throws -> Void = { _ in }
    ) throws -> String {
        var attributes = [Attribute(name: "email", texts: [email]), Attribute(name: "displayName", texts: ["Ann"])]
        if let roles { attributes.append(Attribute(name: "roles", texts: roles)) }
        return try (identityProvider ?? self.installation.identityProvider)
            .response(
                to: self.expectations(for: received),
                attributes: attributes,
                mutate: mutate
            )
    }

    /// Lets the identity provider's page post an answer.
    func post(
        _ samlResponse: String,
        relayState: String?,
        to path: String = "/.portico/saml/acs",
        by browser: Browser? = nil
    ) async throws -> TestResponse {
        var fields = [("SAMLResponse", samlResponse)]
        if let relayState { fields.append(("RelayState", relayState)) }
        return try await (browser ?? self.browser).post(path, fields, from: .otherSite)
    }

    /// Signs in from the form to the session.
    @discardableResult
    func signIn(
        _ company: String = "company-a",
        page: String = "sign-in",
        email: String = "ann@company-a.example",
        roles: [String]? = ["company-a_ADMIN", "company-b_REVIEWER", "company-own_LABELER"]
    ) async throws -> TestResponse {
        let received = try await self.begin(company, page: page)
        return try await self.post(
            try self.response(to: received, email: email, roles: roles),
            relayState: received.relayState,
            to: try #require(URL(string: received.request.assertionConsumerService)).path
        )
    }

    /// A browser that began a sign-in of its own, so that it has a key.
    static func startedElsewhere(_ person: SignInExchange) async throws -> Browser {
        let other = SignInExchange(person.installation, person.client)
        _ = try await other.begin()
        return other.browser
    }

    /// The session's token in the browser.
    var sessionCookie: String? { self.browser.cookie("__Host-portico_session") }
}

extension TestResponse {
    /// The body.
    var text: String { String(buffer: self.body) }

    /// The code on an error page.
    var code: String? {
        self.text.firstMatch(of: /<dt>Code<\/dt><dd><code>([a-z_]+)<\/code>/).map { String($0.1) }
    }
}
