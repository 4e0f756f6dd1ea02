import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("e-mail domain at sign-in")
struct DomainRuleTests {
    private let earlier = SampleSignIn.now.addingTimeInterval(-60)

    @Test(
        "D2 the domain must be equal to a claimed one",
        arguments: [
            ["sub.company-a.example"], ["example"], ["company-b.example"], [],
        ]
    )
    func otherDomains(_ domains: [String]) throws {
        var signIn = try SampleSignIn()
        signIn.domains = domains.compactMap(EmailDomain.init)
        signIn.assertRoles(["company-a_ADMIN"])
        try signIn.join(.active, role: "ADMIN")
        let outcome = try signIn.decide()
        #expect(outcome.refusal == .emailDomainRefused)
        #expect(outcome.effects.isEmpty)
    }

    @Test(
        "D3 an invited guest gets in where guests are allowed, at every sign-in",
        arguments: [
            MembershipState.invited, .active,
        ]
    )
    func invitedGuest(_ state: MembershipState) throws {
        var signIn = try SampleSignIn()
        signIn.domains = []
        signIn.workspace.allowGuests = true
        try signIn.join(state, role: "LABELER", source: .invite, invitedAt: self.earlier)
        #expect(try signIn.decide().acceptedChange?.membership.state == .active)
        signIn.workspace.allowGuests = false
        #expect(try signIn.decide().refusal == .emailDomainRefused)
    }

    @Test("D3 others of the guest's domain are not registered")
    func uninvitedGuest() throws {
        var signIn = try SampleSignIn()
        signIn.domains = []
        signIn.workspace.allowGuests = true
        signIn.assertRoles(["company-a_ADMIN"])
        #expect(try signIn.decide().refusal == .emailDomainRefused)
        try signIn.join(.active, role: "LABELER", source: .samlRoles)
        #expect(try signIn.decide().refusal == .emailDomainRefused)
    }
}
