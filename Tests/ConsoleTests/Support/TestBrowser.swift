import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

/// A browser with its cookies.
final class TestBrowser: Sendable {
    private let client: any TestClientProtocol
    private let cookies = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// The value of a cookie that the browser holds.
    func cookie(_ name: String) -> String? {
        self.cookies.withLock { $0[name] }
    }

    /// Holds a cookie that somebody else was given.
    func hold(_ name: String, _ value: String) {
        self.cookies.withLock { $0[name] = value }
    }

    func get(_ uri: String) async throws -> TestResponse {
        try await self.send(uri, .get, site: "none", body: nil)
    }

    /// What a script on a page of the same origin gets and sends.
    func fetch(_ uri: String, _ fields: [String: String]? = nil, mode: String) async throws -> TestResponse {
        let body = fields.map { ByteBuffer(string: Self.pairs($0)) }
        return try await self.send(uri, body == nil ? .get : .post, site: "same-origin", mode: mode, body: body)
    }

    /// Sends a form, from a page of the gateway unless a test says otherwise.
    func post(_ uri: String, _ fields: [String: String], site: String = "same-origin") async throws -> TestResponse {
        try await self.send(uri, .post, site: site, body: ByteBuffer(string: Self.pairs(fields)))
    }

    /// Sends a form from a page of the gateway, in which a name may come more than once.
    func post(_ uri: String, pairs: [(String, String)]) async throws -> TestResponse {
        let body = pairs.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        return try await self.send(uri, .post, site: "same-origin", body: ByteBuffer(string: body))
    }

    /// Sends a form with a file, as a browser without a script does.
    func post(
        _ uri: String,
        _ fields: [String: String],
        file: String,
        named name: String
    ) async throws -> TestResponse {
        let boundary = "----browser7MA4YWxkTrZu0gW"
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name="
        var body = fields.map { "\(head)\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        body += "\(head)\"\(name)\"; filename=\"idp.xml\"\r\n"
        body += "Content-Type: text/xml\r\n\r\n\(file)\r\n--\(boundary)--\r\n"
        return try await self.send(
            uri,
            .post,
            site: "same-origin",
            body: ByteBuffer(string: body),
            contentType: "multipart/form-data; boundary=\(boundary)"
        )
    }

    /// The token that the forms of a page carry.
    func csrf(_ page: String = TestConsole.singleSignOn) async throws -> String {
        try #require(Self.csrf(in: try await self.get(page)))
    }

    /// The token that the forms of a page carry.
    static func csrf(in response: TestResponse) -> String? {
        response.text.firstMatch(of: /name="csrf" value="([^"]+)"/).map { String($0.1) }
    }

    private func send(
        _ uri: String,
        _ method: HTTPRequest.Method,
        site: String,
        mode: String = "navigate",
        body: ByteBuffer?,
        contentType: String = "application/x-www-form-urlencoded"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: "text/html", .secFetchMode: mode, .secFetchSite: site]
        if body != nil { headers[.contentType] = contentType }
        let sent = self.cookies.withLock { $0.map { "\($0.key)=\($0.value)" } }
        if !sent.isEmpty { headers[.cookie] = sent.joined(separator: "; ") }
        let response = try await self.client.execute(uri: uri, method: method, headers: headers, body: body)
        for line in response.headers[values: .setCookie] {
            guard let pair = line.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { continue }
            let name = String(pair[..<equals])
            let value = line.contains("Max-Age=0") ? nil : String(pair[pair.index(after: equals)...])
            self.cookies.withLock { $0[name] = value }
        }
        return response
    }

    private static func pairs(_ fields: [String: String]) -> String {
        fields.map { "\($0.key)=\(Self.escaped($0.value))" }.joined(separator: "&")
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

extension TestResponse {
    /// The body.
    var text: String { String(buffer: self.body) }

    /// The code on an error page.
    var code: String? {
        self.text.firstMatch(of: /<dt>Code<\/dt><dd><code>([a-z_]+)<\/code>/).map { String($0.1) }
    }
}
