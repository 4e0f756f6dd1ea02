import SAML
import Testing
import Workspaces

@Suite("who joins a workspace")
struct JoiningRulesTests {
    private func administration(_ change: (inout Workspace) -> Void = { _ in }) throws -> WorkspaceAdministration {
        var sample = try SampleSignIn()
        change(&sample.workspace)
        return WorkspaceAdministration(
            configured: sample.facts().configured,
            actor: .member(try #require(Email("ann@company-a.example"))),
            now: SampleSignIn.now
        )
    }

    private static let closed = JoiningRules(selfRegistration: false, defaultRole: "REVIEWER", allowGuests: true)

    @Test("M3, D3 all three are changed together, in one event")
    func changes() throws {
        let outcome = try self.administration()
            .changeJoining(Self.closed, catalogue: .standard, management: MembershipManagement())
        #expect(JoiningRules(outcome.configured.workspace) == Self.closed)
        #expect(outcome.differences.map(\.field) == ["default_role", "self_registration", "guests"])
        #expect(outcome.events.map(\.action) == [.workspaceChanged])
        let same = try self.administration { $0.selfRegistration = true }
        let rules = JoiningRules(same.configured.workspace)
        let unchanged = try same.changeJoining(rules, catalogue: .standard, management: MembershipManagement())
        #expect(unchanged.events.isEmpty)
    }

    @Test("M3 the administrator's role is not among the choices, and refused")
    func administrator() throws {
        let workspace = try self.administration().configured.workspace
        let choices = JoiningRules.defaultRoles(
            of: workspace,
            catalogue: .standard,
            management: MembershipManagement()
        )
        #expect(choices == ["SUPERVISOR", "REVIEWER", "LABELER", "NOT_ACTIVATED"])
        var wanted = JoiningRules(workspace)
        wanted.defaultRole = "ADMIN"
        #expect(throws: ConfigurationMistakes.self) {
            try self.administration()
                .changeJoining(wanted, catalogue: .standard, management: MembershipManagement())
        }
    }

    @Test("A1 where the identity provider alone manages roles, what is chosen stays, or nobody gets a role")
    func managedElsewhere() throws {
        let managements: [(MembershipManagement, MembershipManagement.Manager?)] = [
            (MembershipManagement(roles: .identityProvider), nil), (MembershipManagement(), .identityProvider),
        ]
        for (management, ofWorkspace) in managements {
            let administration = try self.administration { $0.roleManager = ofWorkspace }
            let workspace = administration.configured.workspace
            let choices = JoiningRules.defaultRoles(of: workspace, catalogue: .standard, management: management)
            #expect(choices == ["LABELER", "NOT_ACTIVATED"])
            let mistakes = #expect(throws: ConfigurationMistakes.self) {
                try administration.changeJoining(Self.closed, catalogue: .standard, management: management)
            }
            #expect(mistakes?.mistakes.map(\.field) == ["default_role"])
            for role in choices {
                var allowed = Self.closed
                allowed.defaultRole = role
                let outcome = try administration.changeJoining(allowed, catalogue: .standard, management: management)
                #expect(JoiningRules(outcome.configured.workspace) == allowed)
            }
        }
    }
}
