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
            .changeJoining(Self.closed, beside: [], catalogue: .standard, management: MembershipManagement())
        #expect(JoiningRules(outcome.configured.workspace) == Self.closed)
        #expect(outcome.differences.map(\.field) == ["default_role", "self_registration", "guests"])
        #expect(outcome.events.map(\.action) == [.workspaceChanged])
        let same = try self.administration { $0.selfRegistration = true }
        let rules = JoiningRules(same.configured.workspace)
        let unchanged = try same.changeJoining(
            rules,
            beside: [],
            catalogue: .standard,
            management: MembershipManagement()
        )
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
                .changeJoining(wanted, beside: [], catalogue: .standard, management: MembershipManagement())
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
                try administration.changeJoining(Self.closed, beside: [], catalogue: .standard, management: management)
            }
            #expect(mistakes?.mistakes.map(\.field) == ["default_role"])
            for role in choices {
                var allowed = Self.closed
                allowed.defaultRole = role
                let outcome = try administration.changeJoining(
                    allowed,
                    beside: [],
                    catalogue: .standard,
                    management: management
                )
                #expect(JoiningRules(outcome.configured.workspace) == allowed)
            }
        }
    }

    /// Somebody who administers the workspace, by invitation where they are a guest.
    private static func administrator(
        _ email: String,
        isOwner: Bool = false,
        wasInvited: Bool = true
    ) throws -> Membership {
        Membership(
            userID: .random(),
            email: try #require(Email(email)),
            displayName: email,
            state: .active,
            role: Role("ADMIN"),
            roleSource: .manual,
            isOwner: isOwner,
            invitedAt: wasInvited ? SampleSignIn.now : nil
        )
    }

    /// What is wrong with refusing guests on somebody's word.
    private func mistakes(
        by actor: String?,
        beside people: [Membership],
        defaultRole: String = "LABELER",
        _ change: (inout SampleSignIn) -> Void = { _ in }
    ) throws -> [ConfigurationMistakes.Mistake] {
        var sample = try SampleSignIn()
        sample.workspace.allowGuests = true
        change(&sample)
        let administration = WorkspaceAdministration(
            configured: sample.facts().configured,
            actor: try actor.map { .member(try #require(Email($0))) } ?? .setup,
            now: SampleSignIn.now
        )
        let wanted = JoiningRules(selfRegistration: true, defaultRole: defaultRole, allowGuests: false)
        let management = MembershipManagement(roles: .identityProvider)
        do throws(ConfigurationMistakes) {
            _ = try administration.changeJoining(
                wanted,
                beside: people,
                catalogue: .standard,
                management: management
            )
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test("D3 guests are not refused where the owner, whoever asks or the last administrator is one")
    func lockOut() throws {
        let (ann, gus) = ("ann@company-a.example", "gus@elsewhere.example")
        let inside = try Self.administrator(ann)
        let guest = try Self.administrator(gus)
        let owner = try Self.administrator("olga@elsewhere.example", isOwner: true)

        let owned = try self.mistakes(by: ann, beside: [inside, owner])
        #expect(owned.map(\.field) == ["guests"])
        let words = try #require(owned.first?.message)
        #expect(words.contains("olga@elsewhere.example owns the workspace"))
        #expect(words.contains("claim elsewhere.example") && words.contains("transfer the ownership"))
        let own = try self.mistakes(by: gus, beside: [inside, guest])
        #expect(own.first?.message.contains("gus@elsewhere.example is your own address") == true)
        let last = try self.mistakes(by: nil, beside: [guest])
        #expect(last.first?.message.contains("is the address of the last administrator") == true)
        let both = try self.mistakes(by: ann, beside: [inside, owner], defaultRole: "SUPERVISOR")
        #expect(both.map(\.field) == ["default_role", "guests"])

        // Somebody is left who lets them in again.
        #expect(try self.mistakes(by: ann, beside: [inside, guest]).isEmpty)
        #expect(try self.mistakes(by: nil, beside: [inside, guest]).isEmpty)
        // Whoever was never invited came in no more before, either.
        let removed = try Self.administrator("olga@elsewhere.example", isOwner: true, wasInvited: false)
        #expect(try self.mistakes(by: ann, beside: [inside, removed]).isEmpty)
        #expect(try self.mistakes(by: ann, beside: [inside, owner]) { $0.workspace.allowGuests = false }.isEmpty)
        let elsewhere = try #require(EmailDomain("elsewhere.example"))
        #expect(try self.mistakes(by: gus, beside: [guest, owner]) { $0.domains.append(elsewhere) }.isEmpty)
    }
}
