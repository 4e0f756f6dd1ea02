import Foundation
import Testing
import Workspaces

@Suite("What administrators are told by mail")
struct AlertRuleTests {
    private static let kinds: [AuditAction: AlertKind] = [
        .seatLimitReached: .seatLimit, .domainLapsed: .domainLapsed, .domainClaimedElsewhere: .domainClaimedElsewhere,
        .workspaceWithoutAdmin: .noAdministrator, .certificateExpiring: .certificateExpiring,
        .localSignIn: .passphraseSignIn, .samlConfigured: .trustChanged, .samlEnabled: .trustChanged,
        .metadataChangeProposed: .metadataChangeProposed, .metadataRefreshFailed: .metadataRefreshFailed,
    ]

    private func event(
        _ action: AuditAction,
        actor: AuditActor = .system,
        outcome: AuditEvent.Outcome = .done,
        after seconds: TimeInterval = 0,
        _ detail: [String: String] = [:]
    ) -> AuditEvent {
        AuditEvent(
            time: SampleSignIn.now.addingTimeInterval(seconds),
            workspaceID: nil,
            actor: actor,
            action: action,
            outcome: outcome,
            detail: detail
        )
    }

    @Test("C2 D5 A4 A5 Q21 T4 these events are told, and no other", arguments: AuditAction.allCases)
    func told(action: AuditAction) {
        let detail = ["changes_trust": "true", "failures": "3"]
        #expect(self.event(action, detail).alert?.kind == Self.kinds[action])
        #expect(self.event(action, outcome: .refused(.passphraseRefused), detail).alert == nil)
        #expect(self.event(action, outcome: .commandRefused, detail).alert == nil)
    }

    @Test("C2 everybody who finds no seat is one thing to know")
    func seats() throws {
        let first = self.event(.seatLimitReached, ["used": "5"]).alert
        #expect(first == self.event(.seatLimitReached, ["used": "6"]).alert)
        #expect(first?.subject.isEmpty == true)
    }

    @Test("D5 each domain is a thing of its own")
    func domains() {
        let alert = { (domain: String) in self.event(.domainLapsed, ["domain": domain, "proof": "dns"]).alert }
        #expect(alert("a.example") == alert("a.example"))
        #expect(alert("a.example") != alert("b.example"))
        #expect(alert("a.example")?.subject == "a.example")
    }

    @Test("Q21 each certificate is a thing of its own, and its end another one than a day before")
    func certificates() {
        let alert = { (fingerprint: String, days: String) in
            self.event(.certificateExpiring, ["sha256_fingerprint": fingerprint, "days": days]).alert
        }
        #expect(alert("A", "1") == alert("A", "1"))
        #expect(alert("A", "1") != alert("B", "1"))
        #expect(alert("A", "1") != alert("A", "0"))
    }

    @Test("A5 each person who signs in with a passphrase is told of, from wherever it is")
    func passphrases() throws {
        let alert = { (email: String, address: String) in
            self.event(.localSignIn, actor: .member(try #require(Email(email))), ["client_address": address]).alert
        }
        #expect(try alert("ann@a.example", "192.0.2.1") == alert("ann@a.example", "192.0.2.1"))
        #expect(try alert("ann@a.example", "192.0.2.1") != alert("bob@a.example", "192.0.2.1"))
        // Ten addresses of Bob's would keep silent that Ann's passphrase was used.
        #expect(try alert("ann@a.example", "192.0.2.1") == alert("ann@a.example", "192.0.2.2"))
    }

    @Test("T4 what is saved of single sign-on is told where sign-in rests on something else, each change by itself")
    func trust() {
        #expect(self.event(.samlConfigured, ["force_authn": "true"]).alert == nil)
        #expect(self.event(.samlEnabled, ["enabled": "true"]).alert == nil)
        let alert = { (certificates: String, seconds: TimeInterval) in
            self.event(.samlConfigured, after: seconds, ["certificates": certificates, "changes_trust": "true"]).alert
        }
        #expect(alert("A", 0)?.kind == .trustChanged)
        #expect(alert("A", 0) != alert("B", 0))
        // Taken back in between and made again.
        #expect(alert("A", 0) != alert("A", 7_200))
    }

    @Test("Each thing that metadata proposes is told by itself")
    func proposals() {
        let alert = { (detail: [String: String]) in self.event(.metadataChangeProposed, detail).alert }
        let removed = ["change": "remove", "sha256_fingerprint": "A", "not_after": "2027-01-15T08:00:00Z"]
        #expect(alert(removed) == alert(removed))
        #expect(alert(removed) != alert(["change": "add", "sha256_fingerprint": "A"]))
        #expect(alert(removed) != alert(["change": "remove", "sha256_fingerprint": "B"]))
        let offered = alert(["sign_in_url": "https://a.example", "old_sign_in_url": "https://c.example"])
        #expect(offered != alert(removed))
        #expect(offered != alert(["sign_in_url": "https://b.example", "old_sign_in_url": "https://c.example"]))
    }

    @Test("Metadata that cannot be fetched is told once it has failed three times in a row")
    func metadata() {
        let isTold = { (failures: String) in
            self.event(.metadataRefreshFailed, ["failures": failures, "problem": "away"]).alert != nil
        }
        #expect(["1", "2", "3", "4", ""].map(isTold) == [false, false, true, true, false])
    }
}
