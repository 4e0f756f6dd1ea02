import Foundation
import SAML
import SAMLTesting
import Synchronization
import Testing

@testable import Portico

/// One browser with its cookies at a running gateway, and what an identity provider's page makes it post.
final class LiveBrowser: Sendable {
    /// A sign-in that has begun.
    typealias Begun = TestIdentityProvider.ReceivedRequest

    private let address: ListenAddress
    private let cookies = Mutex<[String: String]>([:])

    init(_ address: ListenAddress) {
        self.address = address
    }

    /// Types a Company ID and follows the form to the identity provider.
    func begin(_ company: String, at page: String = "/.portico/sign-in") async throws -> Begun {
        let fields = [("company_id", company), ("rd", "/hello"), ("confirmed", company)]
        let answer = try await self.post(page, fields)
        try #require(answer.status == 303, "\(answer.head)\(answer.body)")
        return try TestIdentityProvider.readRequest(fromRedirect: try #require(answer.header("Location")))
    }

    /// Posts what an identity provider answered.
    func post(
        _ samlResponse: String,
        relayState: String?,
        to path: String = "/.portico/saml/acs"
    ) async throws -> HTTPExchange {
        try await self.post(path, [("SAMLResponse", samlResponse), ("RelayState", relayState ?? "")])
    }

    /// Asks the application behind the gateway for a page, which answers with the head that it received.
    func hello() async throws -> HTTPExchange {
        var answer = try await HTTPExchange.get("/hello", at: self.address, headers: self.cookieLines)
        // The first reading of a session has two seconds, which a busy machine may need for its first connection.
        try await GatewayRun.eventually {
            answer = try await HTTPExchange.get("/hello", at: self.address, headers: self.cookieLines)
            return answer.status == 200
        }
        return answer
    }

    private func post(_ path: String, _ fields: [(String, String)]) async throws -> HTTPExchange {
        var form = URLComponents()
        form.queryItems = fields.map { URLQueryItem(name: $0.0, value: $0.1) }
        let body = (form.percentEncodedQuery ?? "").replacing("+", with: "%2B")
        let answer = try await HTTPExchange.post(path, body, at: self.address, headers: self.cookieLines)
        self.keepCookies(of: answer)
        return answer
    }

    private var cookieLines: [String] {
        let pairs = self.cookies.withLock { $0.map { "\($0.key)=\($0.value)" } }
        return pairs.isEmpty ? [] : ["Cookie: " + pairs.joined(separator: "; ")]
    }

    private func keepCookies(of answer: HTTPExchange) {
        for line in answer.headers("Set-Cookie") {
            guard let pair = line.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { continue }
            let value = line.contains("Max-Age=0") ? nil : String(pair[pair.index(after: equals)...])
            self.cookies.withLock { $0[String(pair[..<equals])] = value }
        }
    }
}
