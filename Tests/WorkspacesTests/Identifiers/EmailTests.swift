import Testing
import Workspaces

@Suite("e-mail address")
struct EmailTests {
    @Test(
        "I1 normalized",
        arguments: [
            ("ann@company-a.example", "ann@company-a.example"),
            ("Ann@Company-A.EXAMPLE", "ann@company-a.example"),
            (" \t\r\nann@company-a.example\n", "ann@company-a.example"),
            ("ann+tag@a.example", "ann+tag@a.example"),
            ("a.n.n@a.b.example", "a.n.n@a.b.example"),
            ("o'neil!#$%&*/=?^_`{|}~-@a.example", "o'neil!#$%&*/=?^_`{|}~-@a.example"),
            ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
            ("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example"),
            ("ann@bücher.example", "ann@xn--bcher-kva.example"),
            ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
            ("ann@bu\u{308}cher.example", "ann@xn--bcher-kva.example"),
            (String(repeating: "a", count: 64) + "@a.example", String(repeating: "a", count: 64) + "@a.example"),
        ]
    )
    func normalized(_ text: String, _ value: String) {
        #expect(Email(text)?.value == value)
    }

    @Test(
        "F04 F05 refused",
        arguments: [
            "", "ann", "@a.example", "ann@", "ann@@a.example", "ann@b@a.example", "\"a@b\"@c.example",
            "\"ann\"@a.example",
            "ann smith@a.example", "ann@localhost", "ann@[127.0.0.1]", "ann@127.0.0.1", "ann@a.example.",
            "ann@.example",
            "ann@a..example", ".ann@a.example", "ann.@a.example", "a..n@a.example", "ann(c)@a.example",
            "ann@-a.example",
            "ann@a-.example", "ann@a_b.example", "ann@a.example/x", "ann@a.example:25", "ann@a%2eexample.com",
            "\u{430}dmin@a.example", "ann\u{200b}@a.example", "ann\u{202e}@a.example", "änn@a.example",
            "ann@a\u{200b}b.",
            "ann\u{0}@a.example", "ann@a.example\u{0}", "\u{a0}ann@a.example", "ann@a.example, bob@a.example",
            "mailto:ann@a.example", "Ann <ann@a.example>", "ann@xn--.example.", "ann@a\u{2215}b.example",
            "ann@a\u{ff0f}b.example", "ann@a\u{ff20}b.example",
            String(repeating: "a", count: 65) + "@a.example",
            "ann@" + String(repeating: "a", count: 64) + ".example",
            "ann@" + String(repeating: "abcdefgh.", count: 28) + "example",
        ]
    )
    func refused(_ text: String) {
        #expect(Email(text) == nil)
    }

    @Test("F02 a confusable domain is another domain")
    func confusableDomain() throws {
        let latin = try #require(EmailDomain("apple.example"))
        let cyrillic = try #require(EmailDomain("\u{430}pple.example"))
        #expect(latin != cyrillic)
        #expect(cyrillic.value.hasPrefix("xn--"))
    }

    @Test("D2 a subdomain is another domain")
    func subdomain() throws {
        #expect(EmailDomain("a.example") != EmailDomain("b.a.example"))
        #expect(EmailDomain("A.example") == EmailDomain("a.EXAMPLE"))
    }
}
