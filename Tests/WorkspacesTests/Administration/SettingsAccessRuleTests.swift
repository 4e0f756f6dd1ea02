import Testing
import Workspaces

@Suite("T6 who may see and change the settings")
struct SettingsAccessRuleTests {
    private func membership(_ state: MembershipState, _ role: String, isOwner: Bool) throws -> Membership {
        Membership(
            userID: .random(),
            email: try #require(Email("ann@company-a.example")),
            displayName: "Ann",
            state: state,
            role: Role(role),
            roleSource: .manual,
            isOwner: isOwner
        )
    }

    @Test(arguments: [
        (MembershipState.active, "ADMIN", false, true), (.active, "LABELER", true, true),
        (.active, "SUPERVISOR", false, false), (.invited, "ADMIN", false, false), (.invited, "ADMIN", true, false),
        (.deactivated(.admin), "ADMIN", false, false), (.deactivated(.idpSync), "ADMIN", true, false),
        (.notActivated, "ADMIN", false, false),
    ])
    func opensToActiveAdministratorsAndTheOwner(
        _ state: MembershipState,
        _ role: String,
        _ isOwner: Bool,
        _ isGranted: Bool
    ) throws {
        let membership = try self.membership(state, role, isOwner: isOwner)
        #expect(SettingsAccess.isGranted(to: membership, catalogue: .standard) == isGranted)
    }

    @Test func asksTheCatalogueForItsFirstRole() throws {
        let catalogue = try RoleCatalogue(names: ["CHIEF", "ADMIN"])
        #expect(
            !SettingsAccess.isGranted(to: try self.membership(.active, "ADMIN", isOwner: false), catalogue: catalogue)
        )
        #expect(
            SettingsAccess.isGranted(to: try self.membership(.active, "CHIEF", isOwner: false), catalogue: catalogue)
        )
    }
}
