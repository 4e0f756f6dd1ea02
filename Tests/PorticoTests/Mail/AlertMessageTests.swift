import Foundation
import GatewayHTTP
import Storage
import Testing
import Workspaces

@testable import Portico

@Suite("What a mail to an administrator says")
struct AlertMessageTests {
    private static let details: [AlertKind: [String: String]] = [
        .seatLimit: ["seats": "3", "used": "3"], .domainLapsed: ["domain": "a.example"],
        .domainClaimedElsewhere: ["domain": "a.example"],
        .certificateExpiring: ["sha256_fingerprint": "AB:CD", "days": "7", "not_after": "2027-01-15T08:00:00Z"],
        .passphraseSignIn: ["client_address": "192.0.2.1"],
        .trustChanged: ["certificates": "AB:CD", "old_certificates": "EF:01", "sign_in_url": "https://evil.example/"],
        .metadataChangeProposed: ["change": "add", "sha256_fingerprint": "AB:CD"],
        .metadataRefreshFailed: ["problem": "see https://evil.example/", "failures": "3"],
    ]

    private func message(
        _ kind: AlertKind,
        actor: AuditActor = .system,
        isActorMember: Bool = false,
        name: String = "Company A",
        email: String? = "zoe@a.example",
        detail: [String: String]? = nil
    ) throws -> AlertMessage {
        let id = WorkspaceID.random()
        let event = AuditEvent(
            time: Date(timeIntervalSince1970: 1_800_000_000),
            workspaceID: id,
            actor: actor,
            action: .samlConfigured,
            email: email,
            detail: detail ?? Self.details[kind] ?? [:]
        )
        return AlertMessage(
            kind: kind,
            event: event,
            isActorMember: isActorMember,
            workspaceName: name,
            companyID: try #require(CompanyID("company-a")),
            site: PublicSite(origin: "https://apps.example.com")
        )
    }

    @Test("Each says what happened, where, when, what to do and where to do it", arguments: AlertKind.allCases)
    func complete(kind: AlertKind) throws {
        let message = try self.message(kind)
        #expect(message.subject.hasPrefix("Company A: "))
        for part in [message.text, message.html] {
            #expect(part.contains("company-a"))
            #expect(part.contains("15 Jan 2027, 08:00 UTC"))
            #expect(part.contains("https://apps.example.com/.portico/settings"))
            #expect(part.contains("because you administer Company A at apps.example.com"))
            // What others wrote is no link in our mail.
            #expect(!part.contains("evil.example"))
            #expect(part.contains("no more than 10 in a day: the audit log of the workspace has everything."))
            #expect(!part.contains("  \n"))
        }
    }

    @Test("Who did it is named where that is a member of the workspace")
    func actors() throws {
        let bob = AuditActor.member(try #require(Email("bob@a.example")))
        #expect(try self.message(.trustChanged, actor: bob, isActorMember: true).text.contains("By: bob@a.example"))
        let former = try self.message(.trustChanged, actor: bob, isActorMember: false)
        #expect(!former.text.contains("bob@") && !former.html.contains("bob@"))
        #expect(try self.message(.trustChanged, actor: .operator).html.contains(", by the operator."))
        #expect(try self.message(.trustChanged, actor: .setup).text.contains("By: a visitor by setup link"))
        #expect(try !self.message(.domainLapsed).text.contains("By:"))
    }

    @Test("A5 whose passphrase was used is named as that, and not as who did it")
    func claimed() throws {
        let ann = AuditActor.member(try #require(Email("ann@a.example")))
        let message = try self.message(.passphraseSignIn, actor: ann, isActorMember: true, email: "ann@a.example")
        for part in [message.text, message.html] {
            #expect(part.contains("Somebody signed in as ann@a.example with a passphrase from 192.0.2.1"))
            #expect(!part.contains("By: ann") && !part.contains(", by ann"))
        }
    }

    @Test("Nothing that others wrote is markup, or changes how a line reads")
    func escaped() throws {
        let message = try self.message(
            .seatLimit,
            name: "<b>A & B</b>\u{202E}",
            email: "\"<script>\"@a.example",
            detail: ["seats": "<i>3</i>"]
        )
        #expect(!message.html.contains("<b>") && !message.html.contains("<script>") && !message.html.contains("<i>"))
        #expect(message.html.contains("&lt;b&gt;A &amp; B&lt;/b&gt;\\u202e"))
        for part in [message.subject, message.text, message.html] { #expect(!part.contains("\u{202E}")) }
    }

    @Test("T4 what changed is named, and the certificates that count by fingerprint")
    func changes() throws {
        let text = try self.message(.trustChanged).text
        #expect(text.contains("Single sign-on rests on another certificate and sign-in URL"))
        // True while single sign-on is off, too.
        #expect(
            text.contains("While single sign-on is on, who somebody is rests on another certificate and sign-in URL")
        )
        #expect(text.contains("AB:CD"))
        #expect(!text.contains("EF:01"))
        let all = ["certificates": "A", "certificates_2": "B,C", "issuer": "i", "sign_in_url": "s", "attributes": "a"]
        let every = try self.message(.trustChanged, detail: all).text
        #expect(every.contains("another certificate, issuer, sign-in URL and attribute"))
        #expect(every.contains("A, B, C."))
        #expect(
            try self.message(.trustChanged, detail: ["metadata_url": "m"]).text.contains("another source of metadata")
        )
    }

    @Test("Q21 a certificate that has ended is said to have ended")
    func ended() throws {
        #expect(try self.message(.certificateExpiring).text.contains("ends on 15 Jan 2027, 08:00 UTC"))
        let detail = ["sha256_fingerprint": "AB:CD", "days": "0", "not_after": "2027-01-15T08:00:00Z"]
        #expect(try self.message(.certificateExpiring, detail: detail).text.contains("ended on 15 Jan 2027, 08:00 UTC"))
    }
}
