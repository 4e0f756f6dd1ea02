import FoundationEssentials
import Testing
import Workspaces

@Suite("Claiming a domain by DNS")
struct DomainCheckTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)
    private static let hour = 3_600.0
    private static let day = 24 * Self.hour

    /// One look at the record of a claim.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var state = DomainClaim.State.inProgress
        /// How long after the claim began, in seconds.
        let age: Double
        /// How long after the claim began the record was seen, and first missed.
        var seen: Double? = nil
        var missing: Double? = nil
        /// What the servers say; nil for silence.
        let texts: [String]?
        let result: DomainClaim.State
        var effect = DomainCheckOutcome.Effect.nothing
        var action: AuditAction? = nil

        /// Stands for the text that the claim wants.
        static let right = "right"

        static let all: [Row] = [
            Row(
                testDescription: "D1 the record is there",
                age: 60,
                texts: [Self.right],
                result: .claimed,
                effect: .claim,
                action: .domainClaimed
            ),
            Row(
                testDescription: "D1 among others",
                age: 60,
                texts: ["v=spf1 -all", Self.right],
                result: .claimed,
                effect: .claim,
                action: .domainClaimed
            ),
            Row(testDescription: "D1 not yet", age: 23 * DomainCheckTests.hour, texts: [], result: .inProgress),
            Row(
                testDescription: "D1 24 hours are over",
                age: DomainCheckTests.day,
                texts: [],
                result: .failed,
                action: .domainClaimFailed
            ),
            Row(
                testDescription: "D1 the text of another claim",
                age: 60,
                texts: ["portico-domain-verification=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
                result: .inProgress
            ),
            Row(testDescription: "D1 the text is compared whole", age: 60, texts: [" right"], result: .inProgress),
            Row(testDescription: "silence is no answer", age: 60, texts: nil, result: .inProgress),
            Row(testDescription: "nor after 24 hours", age: 2 * DomainCheckTests.day, texts: nil, result: .inProgress),
            Row(
                testDescription: "silence for a week ends a claim that was never seen",
                age: 7 * DomainCheckTests.day,
                texts: nil,
                result: .failed,
                action: .domainClaimFailed
            ),
            Row(
                testDescription: "D1 a token whose time is over proves nothing",
                state: .failed,
                age: 2 * DomainCheckTests.day,
                texts: [Self.right],
                result: .failed
            ),
            Row(
                testDescription: "D5 still there after a day",
                state: .claimed,
                age: DomainCheckTests.day,
                seen: 60,
                texts: [Self.right],
                result: .claimed
            ),
            Row(
                testDescription: "D5 gone for the first time",
                state: .claimed,
                age: 30 * DomainCheckTests.day,
                seen: 60,
                texts: [],
                result: .claimed
            ),
            Row(
                testDescription: "D5 gone for six days",
                state: .claimed,
                age: 16 * DomainCheckTests.day,
                seen: 60,
                missing: 10 * DomainCheckTests.day,
                texts: [],
                result: .claimed
            ),
            Row(
                testDescription: "D5 gone for seven days",
                state: .claimed,
                age: 17 * DomainCheckTests.day,
                seen: 60,
                missing: 10 * DomainCheckTests.day,
                texts: [],
                result: .failed,
                effect: .lapse,
                action: .domainLapsed
            ),
            Row(
                testDescription: "D5 silence for seven days takes nothing",
                state: .claimed,
                age: 17 * DomainCheckTests.day,
                seen: 60,
                missing: 10 * DomainCheckTests.day,
                texts: nil,
                result: .claimed
            ),
            Row(
                testDescription: "D5 back again",
                state: .failed,
                age: 40 * DomainCheckTests.day,
                seen: 60,
                missing: 10 * DomainCheckTests.day,
                texts: [Self.right],
                result: .claimed,
                effect: .claim,
                action: .domainClaimed
            ),
        ]
    }

    @Test("look", arguments: Row.all)
    func look(_ row: Row) throws {
        let workspace = WorkspaceID.random()
        let claim = DomainClaim(
            domain: try #require(EmailDomain("company-a.example")),
            token: .random(),
            state: row.state,
            requestedAt: Self.start,
            seenAt: row.seen.map { Self.start.addingTimeInterval($0) },
            missingSince: row.missing.map { Self.start.addingTimeInterval($0) }
        )
        let texts = row.texts?.map { $0.replacing(Row.right, with: claim.recordText) }
        let now = Self.start.addingTimeInterval(row.age)
        let outcome = DomainCheck.decide(
            claim,
            finding: texts.map { .answered($0) } ?? .silent("no name server answers"),
            workspaceID: workspace,
            actor: .system,
            now: now
        )
        #expect(outcome.claim.state == row.result)
        #expect(outcome.effect == row.effect)
        #expect(outcome.events.map(\.action) == (row.action.map { [$0] } ?? []))
        #expect(outcome.events.allSatisfy { $0.workspaceID == workspace && $0.detail["domain"] == "company-a.example" })
        if row.texts == nil {
            #expect(outcome.claim.problem == "no name server answers")
            #expect(outcome.claim.checkedAt == nil)
        } else {
            #expect(outcome.claim.checkedAt == now)
        }
    }

    @Test("D1 the token is another one each time, and the record stands below the domain")
    func record() throws {
        let domain = try #require(EmailDomain("bücher.example"))
        let claims = [0, 1].map { _ in DomainClaim(domain: domain, token: .random(), requestedAt: Self.start) }
        #expect(claims[0].recordText != claims[1].recordText)
        #expect(claims[0].recordName == "_portico-challenge.xn--bcher-kva.example")
        #expect(DomainClaimToken(claims[0].token.text) == claims[0].token)
        #expect(DomainClaimToken("short") == nil)
    }

    @Test("D5 a record is looked for every few minutes, then every day, and no more when the time is over")
    func schedule() throws {
        let domain = try #require(EmailDomain("company-a.example"))
        var claim = DomainClaim(domain: domain, token: .random(), requestedAt: Self.start)
        #expect(claim.nextCheck(after: Self.start) == Self.start.addingTimeInterval(300))
        claim.state = .claimed
        claim.seenAt = Self.start
        #expect(claim.nextCheck(after: Self.start) == Self.start.addingTimeInterval(Self.day))
        claim.state = .failed
        #expect(claim.nextCheck(after: Self.start) == Self.start.addingTimeInterval(Self.day))
        claim.seenAt = nil
        #expect(claim.nextCheck(after: Self.start) == nil)
    }
}
