import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Client address of a request")
struct ClientAddressMiddlewareTests {
    private func client(forwardedFor: String, trustedPeers: TrustedPeers) async throws -> String {
        let gateway = try TestGateway(trustedPeers: trustedPeers)
        gateway.router.get("/client") { _, context in context.client.description }
        return try await gateway.application.test(.live) { client in
            let name = try #require(HTTPField.Name("X-Forwarded-For"))
            return try await client.execute(uri: "/client", method: .get, headers: [name: forwardedFor]) {
                String(buffer: $0.body)
            }
        }
    }

    @Test func isTheOtherEndOfTheConnection() async throws {
        let client = try await self.client(forwardedFor: "203.0.113.9", trustedPeers: .none)
        #expect(["127.0.0.1", "::1"].contains(client))
    }

    @Test func standsBehindTrustedProxies() async throws {
        let trusted = TrustedPeers { ["127.0.0.1", "::1"].contains($0) }
        #expect(try await self.client(forwardedFor: "203.0.113.9", trustedPeers: trusted) == "203.0.113.9")
    }
}
