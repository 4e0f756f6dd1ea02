import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("seats, names and audit of a sign-in")
struct SignInRecordTests {
    private let earlier = SampleSignIn.now.addingTimeInterval(-60)

    @Test("C2 a full workspace writes nothing but the audit events")
    func fullWorkspace() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.seats = 5
        signIn.workspace.rolesFirstSeenAt = self.earlier
        signIn.assertRoles(["company-a_LABELER"])
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .seatLimit)
        #expect(outcome.effects.isEmpty)
        #expect(outcome.event(.seatLimitReached)?.detail == ["seats": "5", "used": "5"])
    }

    @Test("C1 a person who registers to wait for a role takes no seat")
    func waitingTakesNoSeat() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.seats = 5
        signIn.workspace.defaultRole = .notActivated
        signIn.intent = .signUp
        #expect(try signIn.decide().refusal == .awaitingRole)
    }

    @Test("I2 the name is updated at each sign-in and kept when the assertion has none")
    func displayName() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "LABELER")
        #expect(try signIn.decide().acceptedChange?.membership.displayName == "Ann")
        signIn.attributes.append(Attribute(name: "displayName", texts: ["Ann Example"]))
        let outcome = try signIn.decide()
        #expect(outcome.acceptedChange?.membership.displayName == "Ann Example")
        #expect(outcome.acceptedChange?.membership.authzVersion == 7)
    }

    @Test("O1 the event of a sign-in says what it rested on")
    func auditDetail() throws {
        var signIn = try SampleSignIn()
        signIn.nameID = NameID(value: "00u1")
        signIn.assertRoles(["company-a_LABELER", "company-b_ADMIN"])
        let event = try #require(try signIn.decide().event(.signIn))
        #expect(event.actor == .identityProvider)
        #expect(event.time == SampleSignIn.now)
        #expect(
            event.detail == [
                "intent": "sign_in", "issuer": "https://idp.example/metadata", "assertion_id": "_assertion",
                "certificate": "AB:CD", "name_id": "00u1", "matched_roles": "LABELER", "other_company_values": "1",
                "role": "LABELER",
            ]
        )
    }
}
