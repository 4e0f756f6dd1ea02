import FoundationEssentials
import Testing
import Workspaces

@Suite("sign-in with a passphrase")
struct LocalSignInDecisionTests {
    private let email = Email("ann@company-a.example")

    @Test("A5, rulings 26 the owner comes in, whatever the identity provider does")
    func owner() throws {
        let example = try LocalSignInExample()
        let member = try #require(example.membership)
        #expect(example.decision.outcome == .accepted(.unchanged(member)))
        let events = example.decision.events(
            of: try #require(self.email),
            clientAddress: "192.0.2.1",
            now: SampleSignIn.now
        )
        #expect(events.count == 1)
        let event = try #require(events.first)
        #expect(event.action == .localSignIn)
        #expect(event.actor == .member(try #require(self.email)))
        #expect(event.detail["client_address"] == "192.0.2.1")
        #expect(event.detail["owner"] == "yes")
    }

    @Test("rulings 26 an invited owner becomes active, of whatever domain")
    func invitedOwner() throws {
        var example = try LocalSignInExample()
        example.membership?.state = .invited
        example.domains = []
        guard case .accepted(.updated(_, let new)) = example.decision.outcome else {
            Issue.record("not accepted")
            return
        }
        #expect(new.state == .active)
        #expect(new.isOwner)
        #expect(new.role?.name == "ADMIN")
        #expect(new.authzVersion == 8)
    }

    @Test("rulings 27, M1 where members may, an invited one becomes active with the invited role")
    func invitedMember() throws {
        var example = try LocalSignInExample()
        example.workspace.localSignIn = .members
        example.membership?.isOwner = false
        example.membership?.state = .invited
        example.membership?.role = Role("LABELER")
        guard case .accepted(.updated(_, let new)) = example.decision.outcome else {
            Issue.record("not accepted")
            return
        }
        #expect(new.state == .active)
        #expect(new.role?.name == "LABELER")
        let email = try #require(self.email)
        let events = example.decision.events(of: email, clientAddress: "192.0.2.1", now: SampleSignIn.now)
        #expect(events.map(\.action) == [.memberActivated, .localSignIn])
        #expect(events.first?.actor == .member(email) && events.first?.outcome == .done)
        #expect(events.first?.detail == ["old_state": "INVITED", "state": "ACTIVE"])
    }

    @Test("C2 whoever finds no seat is reported to the administrators")
    func noSeat() throws {
        var example = try LocalSignInExample()
        example.membership?.state = .invited
        example.workspace.seats = 5
        let email = try #require(self.email)
        let events = example.decision.events(of: email, clientAddress: "192.0.2.1", now: SampleSignIn.now)
        #expect(events.map(\.action) == [.seatLimitReached, .localSignIn])
        #expect(events.first?.detail == ["seats": "5", "used": "5"])
        #expect(events.first?.email == email.value)
    }

    @Test("one thing is wrong", arguments: LocalSignInDefect.all)
    func refuses(_ defect: LocalSignInDefect) throws {
        var example = try LocalSignInExample()
        try defect.apply(&example)
        #expect(example.decision.outcome == .refused(defect.refusal))
        let email = try #require(self.email)
        let events = example.decision.events(of: email, clientAddress: "192.0.2.1", now: SampleSignIn.now)
        let event = try #require(events.last)
        #expect(
            events.filter { $0.action != .localSignIn }.map(\.action)
                == (defect.refusal == .seatLimit ? [.seatLimitReached] : [])
        )
        #expect(event.outcome == .refused(.passphraseRefused))
        #expect(event.detail["reason"] == defect.refusal.rawValue)
    }

    @Test("S1 the owner's session is short, and never longer than the workspace says")
    func limits() throws {
        let member = try #require(try LocalSignInExample().membership)
        let long = SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(7200)).ofPassphrase(for: member)
        #expect(long == SessionLimits(maxAge: .seconds(3600), maxIdle: .seconds(900)))
        let short = SessionLimits(maxAge: .seconds(600), maxIdle: .seconds(60))
        #expect(short.ofPassphrase(for: member) == short)
    }
}
