import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspaces

@Suite("Error responses")
struct ErrorMiddlewareTests {
    private struct Surprise: Error {}

    private struct ErrorBody: Decodable {
        let code: String
        let message: String
        let requestID: String

        enum CodingKeys: String, CodingKey {
            case code
            case message
            case requestID = "request_id"
        }
    }

    private func gateway(throwing error: any Error) throws -> TestGateway {
        let gateway = try TestGateway()
        gateway.router.get("/fails") { _, _ -> HTTPResponse.Status in throw error }
        return gateway
    }

    @Test(arguments: RefusalCode.allCases)
    func haveTheStatusOfTheirCode(code: RefusalCode) async throws {
        try await self.gateway(throwing: code).application
            .test(.router) { client in
                try await client.execute(uri: "/fails", method: .get) { response in
                    #expect(response.status.code == code.shownToMembers.httpStatus)
                    let body = try JSONDecoder().decode(ErrorBody.self, from: Data(response.body.readableBytesView))
                    #expect(body.code == code.shownToMembers.rawValue)
                    #expect(body.message.isEmpty == false)
                    #expect(body.requestID == response.headers[.xRequestID])
                    #expect(response.headers[.contentType] == "application/json")
                }
                try await client.execute(uri: "/fails", method: .get, headers: TestGateway.navigation) { response in
                    let page = String(buffer: response.body)
                    let id = try #require(response.headers[.xRequestID])
                    #expect(page.contains("<code>\(code.shownToMembers.rawValue)</code>"))
                    #expect(page.contains("<code>\(id)</code>"))
                    #expect(response.headers[.contentType] == "text/html; charset=utf-8")
                }
            }
    }

    @Test func haveTheDocumentedSentenceForAnEmptyRelayState() {
        #expect(
            PublicError(.relayStateEmpty).advice
                == "RelayState is empty, this usually happens when redirect URL is called from outside of Portico."
        )
    }

    @Test func tellNothingOfWhatNobodyForesaw() async throws {
        try await self.gateway(throwing: Surprise()).application
            .test(.router) { client in
                try await client.execute(uri: "/fails", method: .get) { response in
                    #expect(response.status == .serviceUnavailable)
                    let text = String(buffer: response.body)
                    #expect(text.contains("\"code\":\"unavailable\""))
                    #expect(!text.contains("Surprise"))
                }
            }
    }

    @Test func sayWhenToTryAgain() async throws {
        let error = GatewayError(.rateLimited, retryAfter: .milliseconds(1200))
        try await self.gateway(throwing: error).application
            .test(.router) { client in
                try await client.execute(uri: "/fails", method: .get) { response in
                    #expect(response.status == .tooManyRequests)
                    #expect(response.headers[.retryAfter] == "2")
                }
            }
    }

    @Test func coverPagesThatAreNotThere() async throws {
        try await TestGateway().application
            .test(.router) { client in
                try await client.execute(uri: "/.portico/nowhere", method: .get, headers: TestGateway.navigation) {
                    #expect($0.status == .notFound)
                    #expect(String(buffer: $0.body).contains("<code>not_found</code>"))
                }
            }
    }

    @Test func leadsBackToWhatWasAskedForAndEscapesTheWay() throws {
        let pages = try TestGateway().pages
        let page = pages.errorPage(
            PublicError(.sessionRequired),
            requestID: .random(),
            signInURL: "/.portico/sign-in?rd=/a%3Fb&\"><b>"
        )
        let text = String(decoding: page, as: UTF8.self)
        #expect(text.contains("href=\"/.portico/sign-in?rd=/a%3Fb&amp;&quot;&gt;&lt;b&gt;\""))
    }

    @Test func areTheSameBytesForTheSameCodeButForTheID() throws {
        let pages = try TestGateway().pages
        for code in RefusalCode.allCases {
            let requests = try ["0123456789abcdef", "fedcba9876543210"].map { try #require(RequestID($0)) }
            let texts = requests.map { id in
                String(decoding: pages.errorPage(PublicError(code), requestID: id), as: UTF8.self)
                    .replacing(id.value, with: "")
            }
            #expect(texts[0] == texts[1])
        }
    }
}
