import HTTPTypes
import Testing

@testable import Portico

@Suite("The sample application's page") struct GreetingPageTests {
    private func page(target: String = "/", _ fields: [(String, String)]) throws -> String {
        var headers = HTTPFields()
        for (name, value) in fields {
            headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return GreetingPage(
            request: ReceivedRequest(target: target, fields: headers),
            signOutURL: "/.portico/sign-out",
            identityProviderSignOutURL: "http://127.0.0.1:8090/sign-out"
        )
        .html
    }

    @Test func greetsByTheNameThatTheGatewayEncoded() throws {
        let html = try self.page([
            ("x-forwarded-preferred-username", "J%C3%BCrgen%20%C3%96st"), ("X-Portico-Workspace", "company-a"),
            ("X-Portico-Role", "REVIEWER"),
        ])
        #expect(html.contains("Hello, <span id=\"display-name\">Jürgen Öst</span>"))
        #expect(html.contains("<strong id=\"company\">company-a</strong>"))
        #expect(html.contains("id=\"role\">REVIEWER</strong>"))
    }

    @Test func saysThatNobodyVouchesForARequestWithoutIdentity() throws {
        let html = try self.page([("Host", "127.0.0.1:1234")])
        #expect(html.contains("did not come through Portico"))
        #expect(!html.contains("display-name"))
    }

    @Test(arguments: ["<script>alert(1)</script>", "\" onmouseover=\"x", "' x='", "a&lt;b", "\"\u{301} x=\"y"])
    func escapes(hostile: String) throws {
        let html = try self.hostilePage(hostile)
        #expect(!html.contains("<script"))
        #expect(!html.contains(hostile))
        // Not one tag or attribute more than a harmless text makes.
        let harmless = try self.hostilePage("x")
        for mark in ["<", ">", "\"", "'"] {
            #expect(self.count(mark, in: html) == self.count(mark, in: harmless))
        }
    }

    private func hostilePage(_ text: String) throws -> String {
        try self.page(
            target: "/" + text,
            [
                ("X-Portico-Workspace", text), ("X-Portico-Role", text), ("X-Other", text),
                ("X-Forwarded-Preferred-Username", text),
            ]
        )
    }

    private func count(_ mark: String, in html: String) -> Int {
        html.utf8.count { mark.utf8.contains($0) }
    }
}
