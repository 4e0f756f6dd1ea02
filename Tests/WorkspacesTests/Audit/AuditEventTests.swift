import Testing
import Workspaces

@Suite("audit events")
struct AuditEventTests {
    @Test("O1 actors are written and read back")
    func actors() throws {
        let email = try #require(Email("ann@company-a.example"))
        for actor in [AuditActor.member(email), .operator, .identityProvider, .system] {
            #expect(AuditActor(kind: actor.kind, email: actor.email) == actor)
        }
        #expect(AuditActor(kind: "member", email: nil) == nil)
        #expect(AuditActor(kind: "root", email: nil) == nil)
    }

    @Test("F05 text by anybody is bounded")
    func bounded() {
        let long = String(repeating: "é", count: 1_000)
        let event = AuditEvent(
            time: SampleSignIn.now,
            workspaceID: nil,
            actor: .system,
            action: .signIn,
            email: long,
            outcome: .refused(.emailInvalid),
            detail: ["got": long]
        )
        #expect(event.email?.count == 256)
        #expect(event.detail["got"]?.count == 256)
        #expect(event.outcome.name == "refused")
        #expect(event.outcome.code == .emailInvalid)
    }
}
