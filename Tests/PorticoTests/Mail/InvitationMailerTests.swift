import Foundation
import GatewayHTTP
import LocalServers
import Logging
import Mail
import PostgreSQL
import Storage
import Testing
import Workspaces

@testable import Portico

/// Mails of invitations, from the command to a real server.
@Suite("Mailed invitations")
struct InvitationMailerTests {
    /// Runs a test with somebody invited by mail, and stops everything afterwards.
    private func with(
        _ name: String = "bob",
        server: String,
        _ body: (CommandBench, InvitationMailer, ConnectionPool) async throws -> Void
    ) async throws {
        let bench = try await CommandBench().changed("PORTICO_SMTP_URL", to: server)
            .changed("PORTICO_MAIL_FROM", to: "portico@gateway.example")
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A & Söhne")
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        let run = try await bench.run("member", "invite", "company-a", "\(name)@a.example", "--role", "LABELER")
        #expect(run.output.contains("mails the link"), "\(run.errors)")
        #expect(!run.output.contains("/invitation/"))
        let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }
        let pool = try bench.servicePool()
        let mailer = InvitationMailer(
            mails: InvitationMailStore(pool: pool),
            directory: WorkspaceDirectory(pool: pool),
            site: PublicSite(origin: "https://apps.example.com"),
            delivery: MailDelivery(
                client: try self.client(server),
                sender: try #require(MailAddress("portico@gateway.example")),
                logger: logger
            )
        )
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(bench, mailer, pool))
        } catch {
            result = .failure(error)
        }
        await pool.shutDown()
        try result.get()
    }

    private func client(_ server: String) throws -> MailClient {
        MailClient(server: try #require(MailServer(url: server)), limit: .seconds(60))
    }

    @Test("M1 the person gets one mail, in two forms, whose link opens the invitation")
    func sent() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(server: "smtp://127.0.0.1:\(catcher.port)") { bench, mailer, pool in
            try await mailer.sendDue(now: { Date() })
            try await mailer.sendDue(now: { Date().addingTimeInterval(86_400) })
            #expect(catcher.messages.count == 1)
            let message = try #require(catcher.messages.first)
            #expect(message.contains("X-RcptTo: bob@a.example"))
            let parts = MailText.parts(of: message)
            try #require(parts.count == 2)
            #expect(parts[0].contains("You are invited to Company A & Söhne at apps.example.com."))
            #expect(parts[1].contains("Company A &amp; Söhne"))
            for part in parts {
                let link = try #require(part.firstMatch(of: /apps\.example\.com\/\.portico\/invitation\/([\w-]{43})/))
                let token = try #require(SecretToken<InvitationLink>(String(link.1)))
                #expect(try await InvitationStore(pool: pool).invitation(ofLink: token.hash, now: Date()) != nil)
            }
            let audit = try await bench.run("audit", "company-a")
            #expect(audit.output.contains("invitation_mailed"))
            #expect(!audit.output.contains("invitation_link_created"))
        }
        await catcher.stop()
    }

    @Test("A mail that the server refuses for good is given up, and the audit log says why, in the server's words")
    func refused() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with("nobody", server: "smtp://127.0.0.1:\(catcher.port)") { bench, mailer, _ in
            try await mailer.sendDue(now: { Date() })
            #expect(try await mailer.mails.takeDue(now: Date().addingTimeInterval(86_400)) == nil)
            let audit = try await bench.run("audit", "company-a")
            #expect(audit.output.contains("invitation_mail_failed"))
            #expect(audit.output.contains("There is no mailbox"))
        }
        await catcher.stop()
    }

    @Test("A server that is never there gets a few hours, and then the mail is given up")
    func givenUp() async throws {
        try await self.with(server: "smtp://127.0.0.1:9") { bench, mailer, _ in
            let start = Date()
            for attempt in 1...MailSchedule.maximumAttempts {
                // Each attempt is made when nothing else can be waited for any more.
                try await mailer.sendDue(now: { start.addingTimeInterval(7_200 * Double(attempt)) })
            }
            let end = start.addingTimeInterval(7_200 * Double(MailSchedule.maximumAttempts + 1))
            #expect(try await mailer.mails.takeDue(now: end) == nil)
            let audit = try await bench.run("audit", "company-a")
            #expect(audit.output.contains("The mail server could not be used"))
        }
    }

    @Test("While the server is away the mail waits, and is sent when it is back")
    func later() async throws {
        try await self.with(server: "smtp://127.0.0.1:9") { bench, mailer, _ in
            let start = Date()
            try await mailer.sendDue(now: { start })
            #expect(try await mailer.mails.takeDue(now: start.addingTimeInterval(20)) == nil)
            let catcher = try await MailCatcher.start()
            let client = try self.client("smtp://127.0.0.1:\(catcher.port)")
            try await mailer.changed(to: client).sendDue(now: { start.addingTimeInterval(60) })
            #expect(catcher.messages.count == 1)
            await catcher.stop()
        }
    }

    @Test("The doctor speaks with the mail server")
    func doctor() async throws {
        let catcher = try await MailCatcher.start()
        let bench = try await CommandBench().changed("PORTICO_MAIL_FROM", to: "portico@gateway.example")
            .changed("PORTICO_SMTP_URL", to: "smtp://127.0.0.1:\(catcher.port)")
        let up = try await bench.run("doctor", "--public-url", "http://localhost:8080")
        #expect(up.output.contains("ok       mail: 127.0.0.1:\(catcher.port) answers"), "\(up.output)\(up.errors)")
        await catcher.stop()
        let down = try await bench.changed("PORTICO_SMTP_URL", to: "smtp://127.0.0.1:9")
            .run("doctor", "--public-url", "http://localhost:8080")
        #expect(down.output.contains("FAILURE  mail: 127.0.0.1:9 takes no mail"))
        #expect(down.output.contains("correct SMTP_URL"))
    }

    @Test("The command shows the link where it is told to, and nothing is mailed then")
    func shown() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(server: "smtp://127.0.0.1:\(catcher.port)") { bench, mailer, _ in
            let again = try await bench.run(
                "member",
                "invite",
                "company-a",
                "bob@a.example",
                "--role",
                "LABELER",
                "--link"
            )
            #expect(again.output.contains("https://apps.example.com/.portico/invitation/"), "\(again.errors)")
            try await mailer.sendDue(now: { Date() })
            #expect(catcher.messages.isEmpty)
        }
        await catcher.stop()
    }
}

extension InvitationMailer {
    /// The same over another mail server.
    fileprivate func changed(to client: MailClient) -> InvitationMailer {
        InvitationMailer(
            mails: self.mails,
            directory: self.directory,
            site: self.site,
            delivery: MailDelivery(client: client, sender: self.delivery.sender, logger: self.delivery.logger)
        )
    }
}
