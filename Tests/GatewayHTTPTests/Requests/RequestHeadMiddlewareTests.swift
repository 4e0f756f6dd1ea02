import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Request heads")
struct RequestHeadMiddlewareTests {
    private static let marks = "a" + String(repeating: "\u{300}", count: 40)

    private func answer(_ headers: HTTPFields, path: String = "/page") async throws -> TestResponse {
        let gateway = try TestGateway()
        gateway.router.get("/page") { _, _ in "the page" }
        return try await gateway.application.test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: headers)
        }
    }

    @Test(arguments: [
        "X-Forwarded-For", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Accept", "Origin", "Content-Type", "X-Anything",
    ])
    func areRefusedBeforeTheirFieldsAreCompared(name: String) async throws {
        let name = try #require(HTTPField.Name(name))
        for value in [Self.marks, "é", "a, \u{301}"] {
            let response = try await self.answer([name: value])
            #expect(response.status == .badRequest)
            #expect(String(buffer: response.body).contains("\"code\":\"request_invalid\""))
            #expect(response.headers[.xRequestID] != nil)
            #expect(response.headers[.contentSecurityPolicy] != nil)
        }
    }

    @Test func areRefusedWithAPageForABrowser() async throws {
        var headers = TestGateway.navigation
        headers[.referer] = "https://apps.example.com/é"
        let response = try await self.answer(headers)
        #expect(response.status == .badRequest)
        #expect(String(buffer: response.body).contains("<code>request_invalid</code>"))
    }

    @Test(arguments: ["/\u{301}", "/page/é", "/page?a=é"])
    func areRefusedForTheirPath(path: String) async throws {
        #expect(try await self.answer([:], path: path).status == .badRequest)
    }

    @Test func mayHoldCookiesOfTheApplication() async throws {
        let response = try await self.answer([.cookie: "name=Zoë\(Self.marks)", .accept: "text/html"])
        #expect(response.status == .ok)
        #expect(String(buffer: response.body) == "the page")
    }
}
