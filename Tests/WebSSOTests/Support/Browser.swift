import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization

/// A browser with its cookies, which keeps the rules of SameSite.
final class Browser: Sendable {
    /// Where a request comes from.
    enum Origin {
        /// Typed into the address bar.
        case typed
        /// A page of the gateway.
        case ownPage
        /// A page of another site, such as an identity provider's.
        case otherSite

        var secFetchSite: String {
            switch self {
            case .typed: "none"
            case .ownPage: "same-origin"
            case .otherSite: "cross-site"
            }
        }
    }

    private struct Cookie {
        let value: String
        let isLax: Bool
    }

    private let client: any TestClientProtocol
    private let cookies = Mutex<[String: Cookie]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// The value of a cookie that the browser holds.
    func cookie(_ name: String) -> String? {
        self.cookies.withLock { $0[name]?.value }
    }

    /// Holds a cookie that somebody else was given.
    func hold(_ name: String, value: String, isLax: Bool) {
        self.cookies.withLock { $0[name] = Cookie(value: value, isLax: isLax) }
    }

    func get(_ uri: String, from origin: Origin = .typed) async throws -> TestResponse {
        try await self.send(uri, method: .get, from: origin, body: nil)
    }

    func post(
        _ uri: String,
        _ fields: [(String, String)],
        from origin: Origin = .ownPage
    ) async throws -> TestResponse {
        let pairs = fields.map { "\($0.0)=\(Self.escaped($0.1))" }
        return try await self.send(
            uri,
            method: .post,
            from: origin,
            body: ByteBuffer(string: pairs.joined(separator: "&"))
        )
    }

    private func send(
        _ uri: String,
        method: HTTPRequest.Method,
        from origin: Origin,
        body: ByteBuffer?
    ) async throws -> TestResponse {
        var headers: HTTPFields = [
            .accept: "text/html", .secFetchMode: "navigate", .secFetchSite: origin.secFetchSite,
        ]
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let isCrossSitePost = method == .post && origin == .otherSite
        let sent = self.cookies.withLock { cookies in
            cookies.filter { !(isCrossSitePost && $0.value.isLax) }.map { "\($0.key)=\($0.value.value)" }
        }
        if !sent.isEmpty { headers[.cookie] = sent.joined(separator: "; ") }
        let response = try await self.client.execute(uri: uri, method: method, headers: headers, body: body)
        self.keepCookies(of: response)
        return response
    }

    private func keepCookies(of response: TestResponse) {
        for line in response.headers[values: .setCookie] {
            let parts = line.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let pair = parts.first, let equals = pair.firstIndex(of: "=") else { continue }
            let name = String(pair[..<equals])
            let cookie = Cookie(
                value: String(pair[pair.index(after: equals)...]),
                isLax: parts.contains("SameSite=Lax")
            )
            self.cookies.withLock { $0[name] = parts.contains("Max-Age=0") ? nil : cookie }
        }
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8
            .map { byte in
                let character = Character(Unicode.Scalar(byte))
                return character.isASCII && (character.isLetter || character.isNumber)
                    ? String(character) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
            .joined()
    }
}
