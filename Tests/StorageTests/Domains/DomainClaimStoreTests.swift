import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Domain claims in the database", .serialized)
struct DomainClaimStoreTests {
    private static let day = 24 * 3_600.0

    private func at(_ days: Double) -> Date { SampleWorkspace.now.addingTimeInterval(days * Self.day) }

    /// Writes down what the servers said about a claim, some days later.
    @discardableResult
    private func note(
        _ sample: SampleWorkspace,
        _ claim: DomainClaim,
        _ texts: [String],
        after days: Double = 0
    ) async throws -> DomainCheckOutcome? {
        try await sample.claims.note(
            sample.scope,
            claim,
            finding: .answered(texts),
            actor: .system,
            now: self.at(days)
        )
    }

    private func request(
        _ sample: SampleWorkspace,
        _ domain: String,
        after days: Double = 0
    ) async throws -> DomainClaim {
        try await sample.claims.request(sample.scope, domain: domain, actor: .operator, now: self.at(days))
    }

    @Test("D1 a claim goes on with its token for 24 hours, then begins anew")
    func request() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let claim = try await self.request(sample, "More.Example")
            #expect(try await sample.claims.claims(sample.scope) == [claim])
            #expect(try await self.request(sample, "more.example", after: 0.5) == claim)
            try await self.note(sample, claim, [], after: 1)
            let another = try await self.request(sample, "more.example", after: 1)
            #expect(another.token != claim.token)
            // An answer about the old token comes too late.
            #expect(try await self.note(sample, claim, [claim.recordText], after: 1) == nil)
            #expect(try await sample.workspaces.domains(sample.scope).count == 1)
        }
    }

    @Test("D1, D2 what is claimed lets its people in; what is removed does not")
    func claimed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let claim = try await self.request(sample, "more.example")
            try await self.note(sample, claim, [claim.recordText])
            let domains = try await sample.workspaces.domains(sample.scope)
            #expect(domains.map(\.domain.value) == ["company-a.example", "more.example"])
            #expect(domains.map(\.proof) == [.operatorOverride, .dns])
            let own = try #require(EmailDomain(sample.domain))
            #expect(try await sample.claims.remove(sample.scope, domain: own, actor: .operator, now: self.at(0)))
            #expect(
                try await sample.claims.remove(sample.scope, domain: own, actor: .operator, now: self.at(0)) == false
            )
            #expect(try await sample.signIn("ann", roles: ["company-a_ADMIN"]).refusal == .emailDomainRefused)
            let actions = try await sample.audit.events(sample.scope).events.map(\.action)
            for action in [AuditAction.domainClaimRequested, .domainClaimed, .domainRemoved] {
                #expect(actions.contains(action))
            }
        }
    }

    @Test("D5 a record that is gone for a week lets nobody new in; members stay, and it can come back")
    func lapsed() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let own = try #require(EmailDomain(sample.domain))
            // The last domain is not given up while single sign-on is on.
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.at(0)) {
                try $0.disableSAML()
            }
            _ = try await sample.claims.remove(sample.scope, domain: own, actor: .operator, now: self.at(0))
            let claim = try await self.request(sample, sample.domain)
            try await self.note(sample, claim, [claim.recordText])
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.at(0)) {
                try $0.enableSAML()
            }
            _ = try await sample.session(of: "ann", role: "ADMIN")
            try await self.note(sample, claim, [], after: 10)
            #expect(try await sample.signIn("bob", roles: ["company-a_LABELER"]).session != nil)
            let outcome = try await self.note(sample, claim, [], after: 17)
            #expect(outcome?.effect == .lapse)
            #expect(try await sample.signIn("ann", roles: ["company-a_ADMIN"]).session != nil)
            #expect(try await sample.signIn("eve", roles: ["company-a_ADMIN"]).refusal == .emailDomainRefused)
            await #expect(throws: AdministrationRefusal.emailDomainRefused(own)) {
                try await sample.administer("eve") {
                    try $0.invite(try sample.email("eve"), roleName: "LABELER", user: $1)
                }
            }
            try await self.note(sample, claim, [claim.recordText], after: 18)
            #expect(try await sample.signIn("eve", roles: ["company-a_ADMIN"]).session != nil)
        }
    }

    @Test("D5 a claim that has lapsed does not keep an address from leading to the workspace that claims its domain")
    func lapsedClaimsLeadNowhere() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let domain = try #require(EmailDomain("both.example"))
            let directory = WorkspaceDirectory(pool: storage.service)
            let claim = try await self.request(first, domain.value)
            try await self.note(first, claim, [claim.recordText])
            #expect(try await directory.configuredWorkspace(claiming: domain)?.workspace.id == first.id)
            let other = try await self.request(second, domain.value)
            try await self.note(second, other, [other.recordText])
            #expect(try await directory.configuredWorkspace(claiming: domain) == nil)
            try await self.note(first, claim, [], after: 10)
            try await self.note(first, claim, [], after: 17)
            #expect(try await directory.configuredWorkspace(claiming: domain)?.workspace.id == second.id)
            try await self.note(first, claim, [claim.recordText], after: 18)
            #expect(try await directory.configuredWorkspace(claiming: domain) == nil)
        }
    }

    @Test(
        "Q9, D5 several workspaces claim one domain, each by its own token, and the earlier ones are told, not of whom"
    )
    func earlierClaimants() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let claims = [
                try await self.request(first, "both.example"), try await self.request(second, "both.example"),
            ]
            #expect(claims[0].token != claims[1].token)
            try await self.note(first, claims[0], [claims[0].recordText])
            #expect(try await self.told(first).isEmpty)
            try await self.note(second, claims[1], [claims[1].recordText])
            let told = try await self.told(first)
            #expect(told.map(\.detail) == [["domain": "both.example"]])
            #expect(told.map(\.actor) == [.system])
            #expect(try await self.told(second).isEmpty)
            #expect(try await first.workspaces.domains(first.scope).count == 2)
        }
    }

    private func told(_ sample: SampleWorkspace) async throws -> [AuditEvent] {
        try await sample.audit.events(sample.scope).events.filter { $0.action == .domainClaimedElsewhere }
    }

    @Test("A workspace is due at once, is taken by one node, and comes again when its claims want it")
    func queue() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            #expect(try await sample.claims.takeDue(now: self.at(0)) == nil)
            let claim = try await self.request(sample, "more.example")
            let store = DomainClaimStore(pool: storage.service)
            let taken = try await withThrowingTaskGroup(of: WorkspaceScope?.self) { group in
                for _ in 0..<4 { group.addTask { try await store.takeDue(now: self.at(0)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(taken.compactMap { $0 } == [sample.scope])
            try await self.note(sample, claim, [claim.recordText])
            try await store.reschedule(sample.scope, now: self.at(0))
            #expect(try await store.takeDue(now: self.at(0.9)) == nil)
            #expect(try await store.takeDue(now: self.at(1)) == sample.scope)
            _ = try await sample.claims.remove(sample.scope, domain: claim.domain, actor: .operator, now: self.at(1))
            try await store.reschedule(sample.scope, now: self.at(1))
            #expect(try await storage.count("domain_check_queue") == 0)
        }
    }
}
