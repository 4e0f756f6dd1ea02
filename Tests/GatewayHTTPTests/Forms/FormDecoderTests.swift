import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Form decoding")
struct FormDecoderTests {
    @Test(arguments: [
        ("a=b", "b"), ("a=b+c%20d", "b c d"), ("x=1&a=%C3%A9", "é"), ("a=", ""), ("a", ""), ("a=b=c", "b=c"),
        ("%61=b", "b"), ("&&a=b&", "b"),
    ])
    func readsValues(text: String, value: String) throws {
        let form = try FormDecoder.decode(Array(text.utf8))
        #expect(try form.value("a") == value)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "%=b", "a=%C3"])
    func refusesBrokenEscapes(text: String) {
        #expect(throws: RequestRefusal.formInvalid) { try FormDecoder.decode(Array(text.utf8)) }
    }

    @Test func refusesManyFields() {
        let text = String(repeating: "a=b&", count: 33)
        #expect(throws: RequestRefusal.formInvalid) { try FormDecoder.decode(Array(text.utf8)) }
    }

    @Test func refusesANameThatComesTwice() throws {
        let form = try FormDecoder.decode(Array("a=b&%61=c".utf8))
        #expect(throws: RequestRefusal.formInvalid) { try form.value("a") }
        #expect(throws: RequestRefusal.formInvalid) { try form.optionalValue("a") }
        #expect(throws: RequestRefusal.formInvalid) { try form.value("b") }
        #expect(try form.optionalValue("b") == nil)
    }

    @Test func comparesNamesByTheirBytes() throws {
        let form = try FormDecoder.decode(Array("e%CC%81=b".utf8))
        #expect(!form.contains("\u{e9}"))
        #expect(try form.optionalValue("\u{e9}") == nil)
        #expect(form.contains("e\u{301}"))
    }

    @Test(arguments: ["\u{300}\u{316}", "\u{f73}\u{f73}", "\u{903}\u{20dd}"])
    func refusesMoreMarksThanAnyLanguageNeeds(marks: String) throws {
        let run = "a" + String(repeating: marks, count: 15)
        #expect(try FormDecoder.decode(Array("\(run)\(run)=\(run)".utf8)).value(run + run) == run)
        for text in ["\(run)\u{300}=b", "b=\(run)\u{300}", "b=\(run)%cc%80"] {
            #expect(throws: RequestRefusal.formInvalid) { try FormDecoder.decode(Array(text.utf8)) }
        }
    }

    private struct Posted: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let contentType: String?
        let body: String
        let status: HTTPResponse.Status
    }

    private static let posted = [
        Posted(testDescription: "a form", contentType: "application/x-www-form-urlencoded", body: "a=b", status: .ok),
        Posted(
            testDescription: "a form with its charset",
            contentType: "Application/X-WWW-Form-URLEncoded; charset=UTF-8",
            body: "a=b",
            status: .ok
        ),
        Posted(
            testDescription: "another charset",
            contentType: "application/x-www-form-urlencoded; charset=utf-16",
            body: "a=b",
            status: .badRequest
        ),
        Posted(testDescription: "no content type", contentType: nil, body: "a=b", status: .badRequest),
        Posted(testDescription: "JSON", contentType: "application/json", body: "a=b", status: .badRequest),
        Posted(testDescription: "multipart", contentType: "multipart/form-data", body: "a=b", status: .badRequest),
        Posted(
            testDescription: "a body over the limit",
            contentType: "application/x-www-form-urlencoded",
            body: "a=" + String(repeating: "b", count: 16_384),
            status: .contentTooLarge
        ),
    ]

    @Test(arguments: Self.posted)
    private func checksTheRequest(posted: Posted) async throws {
        let gateway = try TestGateway()
        gateway.router.post("/form") { request, _ in
            try await FormDecoder.page.decodeBody(of: request).value("a")
        }
        try await gateway.application.test(.router) { client in
            var headers: HTTPFields = [:]
            headers[.contentType] = posted.contentType
            try await client.execute(
                uri: "/form",
                method: .post,
                headers: headers,
                body: ByteBuffer(string: posted.body)
            ) { #expect($0.status == posted.status) }
        }
    }

    @Test func stopsReadingAChunkedBodyAtTheLimit() async throws {
        let gateway = try TestGateway()
        gateway.router.post("/form") { request, _ in
            var request = request
            let chunk = ByteBuffer(repeating: UInt8(ascii: "a"), count: 8000)
            request.body = RequestBody(asyncSequence: AsyncStream<ByteBuffer>(unfolding: { chunk }))
            _ = try await FormDecoder.page.decodeBody(of: request)
            return HTTPResponse.Status.ok
        }
        try await gateway.application.test(.router) { client in
            let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            try await client.execute(uri: "/form", method: .post, headers: headers) {
                #expect($0.status == .contentTooLarge)
                // No words of identity providers, which have sent nothing.
                #expect(String(buffer: $0.body).contains("more than we can take at once"))
            }
        }
    }

    @Test(arguments: [("/q?a=b%20c", "b c"), ("/q?a=%zz", ""), ("/q", ""), ("/q?b=c", "")])
    func readsQueries(uri: String, value: String) async throws {
        let gateway = try TestGateway()
        gateway.router.get("/q") { request, _ in
            try FormDecoder.decodeQuery(of: request).optionalValue("a") ?? ""
        }
        try await gateway.application.test(.router) { client in
            try await client.execute(uri: uri, method: .get) { #expect(String(buffer: $0.body) == value) }
        }
    }
}
