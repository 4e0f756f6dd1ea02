import GatewayHTTP
import Testing

@Suite("The token of a form")
struct CSRFTokenTests {
    private func form(_ fields: [(String, String)]) -> Form {
        Form(fields: fields.map { Form.Field(name: $0.0, value: $0.1) })
    }

    @Test func letsTheFormsOfItsOwnSessionThrough() throws {
        let token = CSRFToken(of: "a session's cookie")
        try token.check(self.form([("csrf", token.text)]))
        #expect(CSRFToken(of: "a session's cookie").text == token.text)
        #expect(!token.text.contains("session"))
    }

    @Test func refusesEveryOther() throws {
        let token = CSRFToken(of: "a session's cookie")
        let other = CSRFToken(of: "another session's cookie").text
        for fields in [[], [("csrf", "")], [("csrf", other)], [("csrf", "AAAA")], [("csrf", token.text + "A")]] {
            #expect(throws: RequestRefusal.crossSiteRefused) { try token.check(self.form(fields)) }
        }
        #expect(throws: RequestRefusal.formInvalid) {
            try token.check(self.form([("csrf", token.text), ("csrf", token.text)]))
        }
    }
}
