import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("registration")
struct RegistrationTests {
    private let earlier = SampleSignIn.now.addingTimeInterval(-60)

    @Test("M3 a default role of NOT_ACTIVATED registers, and signs nobody in")
    func registersWithoutRole() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.defaultRole = .notActivated
        signIn.intent = .signUp
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .awaitingRole)
        guard case .register(.inserted(let membership)) = outcome.effects.first else {
            Issue.record("\(outcome.effects)")
            return
        }
        #expect(membership.state == .notActivated)
        #expect(membership.role == nil)
        #expect(membership.userID == signIn.user.userID)
        #expect(outcome.event(.memberRegistered) != nil)
    }

    @Test(
        "M3 the administrator's role is never a default, even if the catalogue changes",
        arguments: [
            ["LABELER", "READER"], ["READER"],
        ]
    )
    func defaultRoleUnderAnotherCatalogue(_ names: [String]) throws {
        var signIn = try SampleSignIn()
        signIn.catalogue = try RoleCatalogue(names: names)
        signIn.intent = .signUp
        #expect(try signIn.decide().refusal == .awaitingRole)
    }

    @Test("M3 without self-registration a sign-up wants an invitation")
    func selfRegistrationOff() throws {
        var signIn = try SampleSignIn()
        signIn.workspace.selfRegistration = false
        signIn.intent = .signUp
        #expect(try signIn.decide().refusal == .invitationRequired)
    }

    @Test("M6 DISABLE_SIGNUP_WITHOUT_LINK refuses sign-up, not a match and not an invited person")
    func invitationOnly() throws {
        var unknown = try SampleSignIn()
        unknown.signUpPolicy = .invitationOnly
        unknown.intent = .signUp
        #expect(try unknown.decide().refusal == .invitationRequired)

        var matched = unknown
        matched.assertRoles(["company-a_LABELER"])
        #expect(try matched.decide().acceptedChange?.membership.role?.name == "LABELER")

        var invited = unknown
        try invited.join(.invited, role: "REVIEWER", source: .invite, invitedAt: self.earlier)
        #expect(try invited.decide().acceptedChange?.membership.role?.name == "REVIEWER")
    }
}
