import Testing

@testable import Mail

@Suite("What stands in an envelope and a header")
struct MailAddressTests {
    @Test(arguments: ["ann@company.example", "o'neil+x=y@a.b-c.example", "portico@localhost"])
    func takesAnAddress(_ text: String) {
        #expect(MailAddress(text)?.value == text)
    }

    @Test(
        "One closed grammar: nothing can become a line or an address of its own",
        arguments: [
            "", "ann", "ann@", "@company.example", "a@b@c.example", "ann@company.example ", " ann@company.example",
            "ann@company.example\r\nBcc: eve@company.example", "ann\n@company.example", "ann@company\0.example",
            "ann@company.example,eve@company.example", "<ann@company.example>", "\"ann\"@company.example",
            "ann@[127.0.0.1]", "ann..b@company.example", "ann@company..example", ".ann@company.example",
            "änn@company.example", "ann@cömpany.example", "ann@company.example> SIZE=1", "ann(x)@company.example",
            String(repeating: "a", count: 65) + "@company.example",
        ]
    )
    func refuses(_ text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("smtp://localhost:2525", "localhost:2525", MailServer.Security.none),
            ("smtp://127.0.0.1", "127.0.0.1:587", .none), ("smtp://[::1]:25", "[::1]:25", .none),
            ("smtp://mail.example", "mail.example:587", .startTLS), ("smtp://127.0.0.2", "127.0.0.2:587", .startTLS),
            ("smtp://localhost.example", "localhost.example:587", .startTLS),
            ("smtps://u%40x:p%20w@mail.example", "mail.example:465", .tls),
            ("smtps://localhost", "localhost:465", .tls),
        ]
    )
    func requiresTLSUnlessTheServerIsOnThisMachine(_ url: String, _ endpoint: String, _ security: MailServer.Security) {
        let server = MailServer(url: url)
        #expect(server?.endpoint == endpoint)
        #expect(server?.security == security)
    }

    @Test(
        arguments: [
            "mail.example", "http://mail.example", "smtp://", "smtp://mail.example/x", "smtp://mail.example?x=1",
            "smtp://mail.example:0", "smtp://mail.example:70000", "smtp://u:p%0d%0aMAIL@mail.example", "smtp://ma il",
        ]
    )
    func refusesOtherURLs(_ url: String) {
        #expect(MailServer(url: url) == nil)
    }

    @Test func tellsNobodyThePassword() throws {
        let server = try #require(MailServer(url: "smtps://user:hunter2@mail.example"))
        #expect(!"\(server)".contains("hunter2"))
        #expect(!String(reflecting: server).contains("hunter2"))
    }
}
