import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspaces

@Suite("Security headers")
struct SecurityHeadersTests {
    private func fields(origin: String) -> HTTPFields {
        SecurityHeaders(site: PublicSite(origin: origin)).fields
    }

    @Test func allowNoScriptAndNothingInline() throws {
        let policy = try #require(self.fields(origin: "https://apps.example.com")[.contentSecurityPolicy])
        #expect(
            policy
                == "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https:; base-uri 'none';"
                + " frame-ancestors 'none'"
        )
    }

    @Test(arguments: ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"])
    func letDemonstrationsReachAnIdentityProviderOnThisMachine(origin: String) throws {
        let policy = try #require(self.fields(origin: origin)[.contentSecurityPolicy])
        #expect(policy.contains("form-action 'self' https: http://localhost:* http://127.0.0.1:*;"))
    }

    @Test(arguments: ["http://apps.example.com", "https://localhost", "http://localhost.example.com"])
    func letNobodyElseUsePlainHTTP(origin: String) throws {
        let policy = try #require(self.fields(origin: origin)[.contentSecurityPolicy])
        #expect(policy.contains("form-action 'self' https:;"))
    }

    @Test func askForTLSOnlyWhereItIs() {
        #expect(self.fields(origin: "https://apps.example.com")[.strictTransportSecurity] == "max-age=31536000")
        #expect(self.fields(origin: "http://localhost:8080")[.strictTransportSecurity] == nil)
    }

    @Test func standOnEveryResponse() async throws {
        let gateway = try TestGateway()
        gateway.router.get("/fails") { _, _ -> HTTPResponse.Status in throw GatewayError(.signatureInvalid) }
        gateway.router.get("/works") { _, _ in HTTPResponse.Status.ok }
        let expected = SecurityHeaders(site: gateway.site).fields
        try await gateway.application.test(.router) { client in
            for uri in ["/fails", "/works", "/nowhere"] {
                try await client.execute(uri: uri, method: .get) { response in
                    for field in expected { #expect(response.headers[values: field.name] == [field.value]) }
                }
            }
        }
    }
}
