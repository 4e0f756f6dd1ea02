import Foundation
import LocalServers
import Testing

@testable import Mail

/// Mail to a real server, aiosmtpd.
@Suite("Sending mail")
struct MailClientTests {
    private func message(
        to recipient: String = "ann@company.example",
        subject: String = "You are invited",
        text: String = "Hello"
    ) throws -> MailMessage {
        MailMessage(
            id: UUID(),
            date: Date(timeIntervalSince1970: 1_800_000_000),
            sender: try #require(MailAddress("portico@gateway.example")),
            recipient: try #require(MailAddress(recipient)),
            subject: subject,
            text: text,
            html: "<p>\(text)</p>"
        )
    }

    private func client(_ catcher: MailCatcher, _ before: String = "smtp://") throws -> MailClient {
        MailClient(server: try #require(MailServer(url: "\(before)\(catcher.host):\(catcher.port)")))
    }

    @Test func aMessageArrivesInBothForms() async throws {
        let catcher = try await MailCatcher.start()
        let message = try self.message(text: "Grüße\n.\nfrom Portico")
        try await self.client(catcher).send(message)
        let taken = try #require(catcher.messages.first)
        #expect(catcher.messages.count == 1)
        #expect(taken.contains("From: Portico <portico@gateway.example>"))
        #expect(taken.contains("To: <ann@company.example>"))
        #expect(taken.contains("Subject: You are invited\n"))
        #expect(taken.contains("Date: 15 Jan 2027 08:00:00 +0000"))
        #expect(taken.contains("Message-ID: <\(message.id.uuidString.lowercased())@gateway.example>"))
        #expect(taken.contains("X-RcptTo: ann@company.example"))
        #expect(taken.contains("X-MailFrom: portico@gateway.example"))
        for content in [message.text, message.html] {
            #expect(taken.contains(Data(content.utf8).base64EncodedString()))
        }
        await catcher.stop()
    }

    @Test("Text by anybody makes no header of its own, neither where it is sent nor where it is decoded")
    func injection() async throws {
        let catcher = try await MailCatcher.start()
        let subject = "Invited\r\nBcc: eve@company.example\u{2028}body\0 " + String(repeating: "ü", count: 100)
        try await self.client(catcher).send(try self.message(subject: subject))
        let taken = try #require(catcher.messages.first)
        #expect(!taken.contains("Bcc"))
        #expect(!taken.contains("eve@"))
        #expect(taken.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
        let words = taken.matches(of: /=\?utf-8\?B\?([A-Za-z0-9+\/=]+)\?=/)
            .compactMap { Data(base64Encoded: String($0.1)) }
        #expect(words.allSatisfy { String(bytes: $0, encoding: .utf8) != nil })
        let decoded = String(bytes: words.joined(), encoding: .utf8)
        #expect(decoded == "Invited  Bcc: eve@company.example body  " + String(repeating: "ü", count: 100))
        await catcher.stop()
    }

    @Test("What the server refuses for good is told from what it takes later, with its words")
    func refused() async throws {
        let catcher = try await MailCatcher.start(maximumSize: 2_000)
        let client = try self.client(catcher)
        let nobody = await #expect(throws: MailFailure.self) {
            try await client.send(try self.message(to: "nobody@company.example"))
        }
        #expect(nobody?.isFinal == true)
        #expect(
            nobody?.report == "The mail server answered: 550 5.1.1 There is no mailbox 5.1.1 of this name."
        )
        #expect(nobody?.description == "the mail server refused the message with status 550")
        let later = await #expect(throws: MailFailure.self) {
            try await client.send(try self.message(to: "later@company.example"))
        }
        #expect(later?.isFinal == false)
        #expect(later?.report == "The mail server answered: 451 4.7.1 Come back later")
        let large = await #expect(throws: MailFailure.self) {
            try await client.send(try self.message(text: String(repeating: "a", count: 3_000)))
        }
        #expect(large?.isFinal == true)
        #expect(large?.report.hasPrefix("The mail server answered: 552 ") == true)
        #expect(catcher.messages.isEmpty)
        try await client.send(try self.message())
        #expect(catcher.messages.count == 1)
        await catcher.stop()
    }

    @Test("With STARTTLS and a trusted certificate the name and the password are told, and a wrong one never shown")
    func startTLS() async throws {
        let catcher = try await MailCatcher.start(on: "127.0.0.2", security: .startTLS)
        let name = MailCatcher.account.name
        let endpoint = "\(catcher.host):\(catcher.port)"
        func client(password: String, authorities: String?) throws -> MailClient {
            let url = try #require(MailServer(url: "smtp://\(name):\(password)@\(endpoint)"))
            #expect(url.security == .startTLS)
            return MailClient(server: url, authorities: authorities)
        }
        let trusted = catcher.certificate.path
        let wrong = await #expect(throws: MailFailure.self) {
            try await client(password: "hunter2", authorities: trusted).send(try self.message())
        }
        #expect(wrong?.isFinal == false)
        #expect(wrong?.report.contains("neither the name nor the password of SMTP_URL (status 535)") == true)
        #expect(wrong?.report.contains("hunter2") == false)
        await #expect(throws: MailFailure.self) {
            try await client(password: "correct%20horse", authorities: nil).send(try self.message())
        }
        #expect(catcher.messages.isEmpty)
        let good = try client(password: "correct%20horse", authorities: trusted)
        try await good.greet(as: try #require(MailAddress("portico@gateway.example")))
        try await good.send(try self.message())
        #expect(catcher.messages.count == 1)
        await catcher.stop()
    }

    @Test func speaksTLSFromTheFirstByte() async throws {
        let catcher = try await MailCatcher.start(security: .tls)
        let server = try #require(MailServer(url: "smtps://127.0.0.1:\(catcher.port)"))
        await #expect(throws: MailFailure.self) { try await MailClient(server: server).send(try self.message()) }
        try await MailClient(server: server, authorities: catcher.certificate.path).send(try self.message())
        #expect(catcher.messages.count == 1)
        await catcher.stop()
    }

    @Test("Nothing is sent without TLS to a server that is not on this machine")
    func withoutTLS() async throws {
        let other = try await MailCatcher.start(on: "127.0.0.2")
        let local = try await MailCatcher.start()
        let sender = try #require(MailAddress("portico@gateway.example"))
        for client in [try self.client(other), try self.client(local, "smtps://")] {
            for attempt in [
                { try await client.greet(as: sender) }, { try await client.send(try self.message()) },
            ] {
                let failure = await #expect(throws: MailFailure.self) { try await attempt() }
                #expect(failure?.isFinal == false)
            }
        }
        #expect(other.messages.isEmpty && local.messages.isEmpty)
        await other.stop()
        await local.stop()
    }

    @Test func greetsAServerAndSendsNothing() async throws {
        let catcher = try await MailCatcher.start()
        let sender = try #require(MailAddress("portico@gateway.example"))
        try await self.client(catcher).greet(as: sender)
        #expect(catcher.messages.isEmpty)
        await catcher.stop()
        let nobody = MailClient(server: try #require(MailServer(url: "smtp://127.0.0.1:9")))
        let failure = await #expect(throws: MailFailure.self) { try await nobody.greet(as: sender) }
        #expect(failure?.report.hasPrefix("The mail server could not be used: ") == true)
    }
}
