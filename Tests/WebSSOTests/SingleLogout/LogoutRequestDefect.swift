import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLBindings
import SAMLTesting
import Testing
import Workspaces

/// One thing wrong with a logout request, and how it must be refused.
struct LogoutRequestDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: RefusalCode
    let send: @Sendable (LogoutExchange) async throws -> TestResponse

    static let all: [LogoutRequestDefect] = [
        .redirect("F11 no signature in the query", .signatureInvalid) { url in
            let end = try #require(url.firstRange(of: "&SigAlg=")).lowerBound
            return String(url[..<end])
        },
        .redirect("F11 a changed RelayState", .signatureInvalid) { $0.replacing("RelayState=r", with: "RelayState=x") },
        .redirect("B09 the request twice", .xmlInvalid) { $0 + "&SAMLRequest=x" },
        .redirect("nothing but the path", .xmlInvalid) { String($0.prefix { $0 != "?" }) },
        LogoutRequestDefect("F11 no signature in the form", .signatureInvalid) { exchange in
            let signer = LogoutExchange.signer(exchange.installation.identityProvider)
            let form = try HTTPPostBinding.form(for: exchange.request(), relayState: nil, signer: signer)
            let xml = try #require(form.fields.first.flatMap { Data(base64Encoded: $0.value) })
            let text = String(decoding: xml, as: UTF8.self)
            let start = try #require(text.firstRange(of: "<ds:Signature")).lowerBound
            let end = try #require(text.firstRange(of: "</ds:Signature>")).upperBound
            let unsigned = Data((text[..<start] + text[end...]).utf8).base64EncodedString()
            return try await Browser(exchange.client)
                .post("/.portico/saml/slo", [("SAMLRequest", unsigned)], from: .otherSite)
        },
        LogoutRequestDefect("a form without a message", .xmlInvalid) { exchange in
            try await Browser(exchange.client).post("/.portico/saml/slo", [("RelayState", "r")], from: .otherSite)
        },
        LogoutRequestDefect("a RelayState of 81 octets in the form", .xmlInvalid) { exchange in
            let signer = LogoutExchange.signer(exchange.installation.identityProvider)
            let form = try HTTPPostBinding.form(for: exchange.request(), relayState: nil, signer: signer)
            let fields = form.fields.map { ($0.name, $0.value) } + [("RelayState", String(repeating: "r", count: 81))]
            return try await Browser(exchange.client).post("/.portico/saml/slo", fields, from: .otherSite)
        },
        LogoutRequestDefect("F11 the key of another identity provider", .signatureInvalid) { exchange in
            let other = try TestIdentityProvider()
            return try await exchange.send(exchange.request(), signer: LogoutExchange.signer(other))
        },
        .request("an issuer that nobody has configured", .signatureInvalid) {
            $0.issuer = Issuer("https://evil.example")
        },
        .request("another destination", .recipientMismatch) { $0.destination = "https://apps.example.com/" },
        .request("the destination of another workspace", .recipientMismatch) {
            $0.destination = "https://apps.example.com/.portico/saml/company-own/slo"
        },
        .request("past its NotOnOrAfter", .expiredOrNotYetValid) { $0.notOnOrAfter = $0.issueInstant - 120 },
        .request("an old IssueInstant", .expiredOrNotYetValid) { $0.issueInstant -= 3600 },
        .request("an IssueInstant in the future", .expiredOrNotYetValid) { $0.issueInstant += 3600 },
        .setUp("D15 SAML switched off", .signatureInvalid, "UPDATE identity_providers SET enabled = false"),
        .setUp("D15 the workspaces switched off", .signatureInvalid, "UPDATE workspaces SET status = 'disabled'"),
    ]

    private init(
        _ testDescription: String,
        _ code: RefusalCode,
        send: @escaping @Sendable (LogoutExchange) async throws -> TestResponse
    ) {
        self.testDescription = testDescription
        self.code = code
        self.send = send
    }

    /// A defect of the message, made before signing, and sent to where the valid message goes.
    private static func request(
        _ testDescription: String,
        _ code: RefusalCode,
        _ mutate: @escaping @Sendable (inout LogoutRequest) -> Void
    ) -> LogoutRequestDefect {
        LogoutRequestDefect(testDescription, code) { exchange in
            var request = exchange.request()
            mutate(&request)
            let signer = LogoutExchange.signer(exchange.installation.identityProvider)
            let url = try HTTPRedirectBinding.url(for: request, relayState: nil, signer: signer)
            let query = try #require(url.split(separator: "?", maxSplits: 1).last)
            return try await exchange.follow("/.portico/saml/slo?\(query)", in: Browser(exchange.client))
        }
    }

    /// A defect of the URL, made after signing.
    private static func redirect(
        _ testDescription: String,
        _ code: RefusalCode,
        _ edit: @escaping @Sendable (String) throws -> String
    ) -> LogoutRequestDefect {
        LogoutRequestDefect(testDescription, code) { exchange in
            let signer = LogoutExchange.signer(exchange.installation.identityProvider)
            let url = try HTTPRedirectBinding.url(for: exchange.request(), relayState: "r", signer: signer)
            return try await exchange.follow(try edit(url), in: Browser(exchange.client))
        }
    }

    /// A valid request to a gateway that was changed.
    private static func setUp(_ testDescription: String, _ code: RefusalCode, _ sql: SQL) -> LogoutRequestDefect {
        LogoutRequestDefect(testDescription, code) { exchange in
            try await exchange.installation.change(sql)
            return try await exchange.send(exchange.request())
        }
    }
}
