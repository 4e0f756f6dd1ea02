import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("latch of the roles attribute")
struct RolesLatchTests {
    private let earlier = SampleSignIn.now.addingTimeInterval(-60)

    @Test("R1a the first checked response that carries roles closes the latch")
    func latchCloses() throws {
        var signIn = try SampleSignIn()
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.effects.contains(.latchRoles(SampleSignIn.now)))
        #expect(outcome.event(.rolesLatched) != nil)
    }

    @Test("R1a the latch closes even if nothing matches", arguments: [[], ["company-b_ADMIN"], ["nonsense"]])
    func latchClosesOnRefusal(_ values: [String]) throws {
        var signIn = try SampleSignIn()
        signIn.assertRoles(values)
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .rolesNoMatch)
        #expect(outcome.effects == [.latchRoles(SampleSignIn.now)])
    }

    @Test("R2 too many values are refused, close the latch and end no session")
    func tooManyValues() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER", source: .samlRoles)
        signIn.assertRoles(Array(repeating: "company-a_ADMIN", count: 1001))
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .rolesTooLarge)
        #expect(outcome.effects == [.latchRoles(SampleSignIn.now)])
    }

    @Test("R1a a latch that is closed keeps its time, and modes without a latch have none")
    func latchStays() throws {
        var closed = try SampleSignIn()
        closed.assertRoles(["company-a_LABELER"])
        closed.workspace.rolesFirstSeenAt = self.earlier
        #expect(try closed.decide().effects.isEmpty)

        var required = try SampleSignIn()
        required.assertRoles(["company-a_LABELER"])
        required.workspace.rolesMode = .required
        #expect(try required.decide().effects.isEmpty)
    }

    @Test("R1a a response for the wrong domain does not close the latch")
    func latchWantsTheDomain() throws {
        var signIn = try SampleSignIn()
        signIn.assertRoles(["company-a_ADMIN"])
        signIn.domains = []
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .emailDomainRefused)
        #expect(outcome.effects.isEmpty)
    }

    @Test("R5 required: absent is refused from the first day")
    func requiredMode() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.rolesMode = .required
        signIn.intent = .signUp
        #expect(try signIn.decide().refusal == .rolesMissing)
    }

    @Test("R5 a member whose role came from roles needs them, latched or not")
    func roleSourceWantsRoles() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "ADMIN", source: .samlRoles)
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .rolesMissing)
        #expect(!outcome.effects.isEmpty)
    }

    @Test("R1 off: the attribute is not read, whatever it says")
    func offMode() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.rolesMode = .off
        try signIn.join(.active, role: "LABELER", source: .samlRoles)
        signIn.assertRoles(["company-a_ADMIN"])
        let outcome = try signIn.decide()
        #expect(outcome.acceptedChange?.membership.role?.name == "LABELER")
        #expect(outcome.effects.isEmpty)
    }
}
