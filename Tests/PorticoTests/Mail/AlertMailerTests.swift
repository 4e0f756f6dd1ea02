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

/// Mails to administrators, from the event to a real server.
@Suite("Mailed alerts")
struct AlertMailerTests {
    /// A workspace of Ann's, which others administer with her, and a mailer over it.
    private struct Scene {
        let bench: CommandBench
        let mailer: AlertMailer
        let pool: ConnectionPool
        let scope: WorkspaceScope
        let now: Date

        /// Writes an event of Portico's own into the audit log.
        func tell(_ action: AuditAction, about email: String? = nil, _ detail: [String: String]) async throws {
            try await AuditStore(pool: self.pool)
                .append(
                    self.scope,
                    [
                        AuditEvent(
                            time: self.now,
                            workspaceID: self.scope.workspaceID,
                            actor: .system,
                            action: action,
                            email: email,
                            detail: detail
                        )
                    ]
                )
        }

        /// Pins another certificate, on the word of a member.
        func pin(_ fingerprint: String, by email: String) async throws {
            let actor = AuditActor.member(try #require(Email(email)))
            let certificate = PinnedCertificate(der: [7], sha256Fingerprint: fingerprint, notAfter: .distantFuture)
            try await WorkspaceStore(pool: self.pool)
                .administer(self.scope, actor: actor, now: self.now) {
                    try $0.configureSAML(SAMLConfigurationChange(certificates: [certificate]), loopbackHTTP: .refused)
                }
        }

        /// The same over another mail server.
        func over(_ server: String) throws -> AlertMailer {
            AlertMailer(
                mails: self.mailer.mails,
                site: self.mailer.site,
                delivery: try AlertMailerTests.delivery(server)
            )
        }
    }

    private static let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    private static func delivery(_ server: String) throws -> MailDelivery {
        MailDelivery(
            client: MailClient(server: try #require(MailServer(url: server)), limit: .seconds(60)),
            sender: try #require(MailAddress("portico@gateway.example")),
            logger: Self.logger
        )
    }

    private func with(
        _ administrators: [String] = ["ann", "bob", "cleo"],
        server: String,
        _ body: (Scene) async throws -> Void
    ) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json(
            "workspace",
            "create",
            "company-a",
            "--name",
            "Company A & Söhne",
            "--owner",
            "ann@a.example"
        )
        _ = try await bench.json("domain", "claim", "company-a", "a.example", "--operator-override")
        let configured = try await bench.run(
            "saml",
            "configure",
            "company-a",
            "--sign-in-url",
            "https://idp.example/sso",
            "--issuer",
            "https://idp.example/metadata",
            "--certificate",
            try bench.certificate()
        )
        try #require(configured.status == 0, "\(configured.errors)")
        for name in administrators where name != "ann" {
            let run = try await bench.run("member", "invite", "company-a", "\(name)@a.example", "--role", "ADMIN")
            try #require(run.status == 0, "\(run.errors)")
        }
        try await bench.change("UPDATE memberships SET state = 'ACTIVE'")
        let pool = try bench.servicePool()
        let result: Result<Void, any Error>
        do {
            let companyID = try #require(CompanyID("company-a"))
            let found = try await WorkspaceDirectory(pool: pool).configuredWorkspace(companyID: companyID)
            let scene = Scene(
                bench: bench,
                mailer: AlertMailer(
                    mails: AlertMailStore(pool: pool, catalogue: .standard),
                    site: PublicSite(origin: "https://apps.example.com"),
                    delivery: try Self.delivery(server)
                ),
                pool: pool,
                scope: WorkspaceScope(try #require(found).workspace.id),
                now: Date()
            )
            result = .success(try await body(scene))
        } catch {
            result = .failure(error)
        }
        await pool.shutDown()
        try result.get()
    }

    @Test("C2 D5 T4 a full workspace, a lapsed domain and another certificate reach each other administrator once")
    func sent() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(server: "smtp://127.0.0.1:\(catcher.port)") { scene in
            for name in ["zoe", "yan", "xia"] {
                try await scene.tell(.seatLimitReached, about: "\(name)@a.example", ["seats": "3", "used": "3"])
            }
            try await scene.tell(.domainLapsed, ["domain": "a.example", "proof": "dns"])
            try await scene.pin("AB:CD", by: "ann@a.example")
            let events = try await scene.bench.number("SELECT count(*) AS number FROM audit_events")
            for hours in 0..<3 {
                let time = scene.now.addingTimeInterval(3_600 * Double(hours) + 1)
                try await scene.mailer.sendDue(now: { time })
            }
            let mails = catcher.messages.map { (MailText.recipient(of: $0), MailText.parts(of: $0)) }
            let about = { (words: String) in mails.filter { $0.1.first?.contains(words) == true }.map(\.0).sorted() }
            let everybody = ["ann@a.example", "bob@a.example", "cleo@a.example"]
            #expect(about("every seat is taken") == everybody)
            #expect(about("The claim of a.example has lapsed") == everybody)
            #expect(about("Single sign-on rests on another certificate") == ["bob@a.example", "cleo@a.example"])
            #expect(mails.count == 8)

            let letter = try #require(mails.first { $0.1.first?.contains("another certificate") == true }).1
            try #require(letter.count == 2)
            #expect(letter[1].contains("Company A &amp; Söhne"))
            for part in letter {
                #expect(part.contains("https://apps.example.com/.portico/settings/single-sign-on/versions"))
                #expect(part.contains("AB:CD"))
                #expect(part.contains("ann@a.example"))
                #expect(part.contains("company-a"))
            }
            // A mail about a mail would have no end.
            let left = try await scene.bench.number("SELECT count(*) AS number FROM alert_mail_queue")
            #expect(left == 0)
            #expect(try await scene.bench.number("SELECT count(*) AS number FROM audit_events") == events)
        }
        await catcher.stop()
    }

    @Test("While the server is away or says later, mails wait; what it takes in the end goes out once")
    func later() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(["ann", "later"], server: "smtp://127.0.0.1:9") { scene in
            try await scene.tell(.domainLapsed, ["domain": "a.example"])
            let at = { @Sendable (seconds: TimeInterval) in { @Sendable in scene.now.addingTimeInterval(seconds) } }
            try await scene.mailer.sendDue(now: at(1))
            #expect(try await scene.mailer.mails.takeDue(now: at(20)()) == nil)
            let mailer = try scene.over("smtp://127.0.0.1:\(catcher.port)")
            try await mailer.sendDue(now: at(40))
            #expect(catcher.messages.map(MailText.recipient) == ["ann@a.example"])
            // The server has said 451 to the other one, for the second time.
            #expect(try await scene.mailer.mails.takeDue(now: at(95)()) == nil)
            let mail = try #require(try await scene.mailer.mails.takeDue(now: at(101)()))
            #expect(try await scene.mailer.mails.write(mail)?.recipient.value == "later@a.example")
            #expect(catcher.messages.count == 1)
        }
        await catcher.stop()
    }

    @Test(
        "An alert that this release does not know or cannot read is given up, and keeps no other one waiting",
        arguments: [
            """
            UPDATE alert_mail_queue
            SET event_id = (SELECT event_id FROM audit_events WHERE action = 'workspace_created' LIMIT 1)
            WHERE event_id = (SELECT event_id FROM audit_events WHERE action = 'seat_limit_reached')
            """,
            "UPDATE audit_events SET action = 'of_tomorrow' WHERE action = 'seat_limit_reached'",
        ] as [SQL]
    )
    func unreadable(change: SQL) async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(server: "smtp://127.0.0.1:\(catcher.port)") { scene in
            try await scene.tell(.seatLimitReached, about: "zoe@a.example", ["seats": "3", "used": "3"])
            try await scene.tell(.domainLapsed, ["domain": "a.example"])
            try await scene.bench.change(change)
            let time = scene.now.addingTimeInterval(1)
            try await scene.mailer.sendDue(now: { time })
            #expect(
                catcher.messages.map(MailText.recipient).sorted() == [
                    "ann@a.example", "bob@a.example", "cleo@a.example",
                ]
            )
            #expect(try await scene.bench.number("SELECT count(*) AS number FROM alert_mail_queue") == 0)
        }
        await catcher.stop()
    }

    @Test("What the server refuses for good, or for seven hours, is given up without a word in the audit log")
    func givenUp() async throws {
        let catcher = try await MailCatcher.start()
        try await self.with(["ann", "nobody", "later"], server: "smtp://127.0.0.1:\(catcher.port)") { scene in
            try await scene.tell(.domainLapsed, ["domain": "a.example"])
            let before = try await scene.bench.number("SELECT count(*) AS number FROM audit_events")
            for attempt in 0..<MailSchedule.maximumAttempts {
                let time = scene.now.addingTimeInterval(3_601 * Double(attempt) + 1)
                #expect(try await scene.bench.number("SELECT count(*) AS number FROM alert_mail_queue") > 0)
                try await scene.mailer.sendDue(now: { time })
            }
            #expect(try await scene.bench.number("SELECT count(*) AS number FROM alert_mail_queue") == 0)
            #expect(try await scene.bench.number("SELECT count(*) AS number FROM audit_events") == before)
            #expect(catcher.messages.map(MailText.recipient) == ["ann@a.example"])
        }
        await catcher.stop()
    }
}
