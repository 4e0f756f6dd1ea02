import Crypto
import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The page that posts a form by itself")
struct PostingPageTests {
    private func response(
        action: String = "https://idp.example/sso?a=1&b=2",
        value: String = "PHNhbWxwOg+/=",
        workspaceName: String = "Company A"
    ) async throws -> (policy: String, html: String) {
        let page = PostingPage(
            action: action,
            fields: [.init(name: "SAMLRequest", value: value), .init(name: "RelayState", value: "r")],
            workspaceName: workspaceName
        )
        let gateway = try TestGateway()
        let pages = gateway.pages
        gateway.router.get("/page") { _, _ in pages.response(posting: page) }
        return try await gateway.application.test(.router) { client in
            let response = try await client.execute(uri: "/page", method: .get)
            #expect(response.headers[values: .contentSecurityPolicy].count == 1)
            return (try #require(response.headers[.contentSecurityPolicy]), String(buffer: response.body))
        }
    }

    @Test func allowsItsScriptByDigestAndNothingElse() async throws {
        let (policy, html) = try await self.response()
        let script = try #require(html.firstMatch(of: /<script>(.*)<\/script>/)).1
        let digest = Data(SHA256.hash(data: Array(script.utf8))).base64EncodedString()
        #expect(
            policy
                == "default-src 'none'; style-src 'self'; img-src 'self'; form-action https://idp.example; "
                + "base-uri 'none'; frame-ancestors 'none'; script-src 'sha256-\(digest)'"
        )
        #expect(html.matches(of: /<script/).count == 1)
    }

    @Test(arguments: [
        ("https://idp.example:8443/sso", "https://idp.example:8443"), ("HTTPS://IdP.example", "https://IdP.example"),
        ("http://127.0.0.1:8090/sso", "http://127.0.0.1:8090"), ("https://[2001:db8::1]/sso", "https:"),
        ("javascript:alert(1)", "'none'"), ("https://idp.example;script-src/x", "https:"),
        ("https://*/sso", "https:"),
    ])
    func letsTheFormGoToOneOrigin(action: String, target: String) async throws {
        #expect(try await self.response(action: action).policy.contains("form-action \(target);"))
    }

    @Test(arguments: ["\"><script>alert(1)</script>", "' onfocus='alert(1)", "</form>", "{{host}}"])
    func escapesEverything(text: String) async throws {
        let (_, html) = try await self.response(action: "https://idp.example/\(text)", value: text, workspaceName: text)
        #expect(html.matches(of: /<script/).count == 1)
        #expect(html.matches(of: /<\/form>/).count == 1)
        #expect(!html.contains(" onfocus='"))
    }

    @Test func hasAButtonForBrowsersWithoutScript() async throws {
        let html = try await self.response().html
        #expect(html.contains("<button class=\"button\" type=\"submit\" autofocus>Continue</button>"))
        #expect(html.contains("action=\"https://idp.example/sso?a=1&amp;b=2\""))
        #expect(html.contains("<input type=\"hidden\" name=\"SAMLRequest\" value=\"PHNhbWxwOg+/=\">"))
    }
}
