import FoundationEssentials
import Testing
import Workspaces

@Suite("A sign-in by an invitation's link")
struct InvitationRuleTests {
    /// Ann, who is invited as a reviewer, by her own link.
    private func ann() throws -> SampleSignIn {
        var signIn = try SampleSignIn()
        try signIn.join(.invited, role: "REVIEWER", source: .invite, invitedAt: SampleSignIn.now)
        signIn.invitedUser = signIn.user.userID
        return signIn
    }

    @Test("M1 F6 the invited person becomes active with the invited role", arguments: SignUpPolicy.allCases)
    func invited(_ policy: SignUpPolicy) throws {
        var signIn = try self.ann()
        signIn.signUpPolicy = policy
        let membership = try #require(try signIn.decide().acceptedChange?.membership)
        #expect(membership.state == .active)
        #expect(membership.role?.name == "REVIEWER")
    }

    @Test("M2 the invited person stays invited when the identity provider refuses")
    func refused() throws {
        var signIn = try self.ann()
        signIn.assertRoles(["company-b_ADMIN"])
        #expect(try signIn.decide().refusal == .rolesNoMatch)
    }

    @Test("M6 R6 the link gives somebody else nothing, not even what the identity provider says or sign-up would give")
    func somebodyElse() throws {
        let defects: [(inout SampleSignIn) throws -> Void] = [
            { _ in },
            { $0.intent = .signUp },
            { $0.assertRoles(["company-a_ADMIN"]) },
            { try $0.join(.active, role: "LABELER") },
            { try $0.join(.invited, role: "ADMIN", source: .invite, invitedAt: SampleSignIn.now) },
        ]
        for apply in defects {
            var signIn = try SampleSignIn()
            try apply(&signIn)
            signIn.invitedUser = .random()
            let outcome = try signIn.decide()
            #expect(outcome.refusal == .invitationRequired)
            #expect(outcome.acceptedChange == nil)
        }
    }

    @Test("M5 whoever has come in meanwhile signs in")
    func again() throws {
        var signIn = try SampleSignIn()
        try signIn.join(.active, role: "REVIEWER")
        signIn.invitedUser = signIn.user.userID
        #expect(try signIn.decide().acceptedChange?.membership.role?.name == "REVIEWER")
    }
}
