import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspaces

@Suite("Request id")
struct RequestIDMiddlewareTests {
    private func id(sent: String?, trustedPeers: TrustedPeers) async throws -> (header: String, context: String) {
        let gateway = try TestGateway(trustedPeers: trustedPeers)
        gateway.router.get("/id") { _, context in context.requestID.value }
        return try await gateway.application.test(.live) { client in
            var headers: HTTPFields = [:]
            headers[.xRequestID] = sent
            return try await client.execute(uri: "/id", method: .get, headers: headers) { response in
                (try #require(response.headers[.xRequestID]), String(buffer: response.body))
            }
        }
    }

    @Test func isMadeForEveryRequest() async throws {
        let first = try await self.id(sent: nil, trustedPeers: .none)
        let second = try await self.id(sent: nil, trustedPeers: .none)
        #expect(first.header == first.context)
        #expect(first.header.count == 16)
        #expect(first.header != second.header)
    }

    @Test func isTakenFromATrustedProxyOnly() async throws {
        let trusted = TrustedPeers { $0 == "127.0.0.1" || $0 == "::1" }
        #expect(try await self.id(sent: "edge-42", trustedPeers: trusted).header == "edge-42")
        #expect(try await self.id(sent: "edge-42", trustedPeers: .none).header != "edge-42")
        #expect(try await self.id(sent: "<script>", trustedPeers: trusted).header != "<script>")
    }
}
