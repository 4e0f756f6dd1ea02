import Workspaces

/// What members may be and who manages them.
struct MemberSettings: Hashable, Sendable {
    /// The roles that exist.
    let roles: RoleCatalogue

    /// Who manages roles, spaces and projects.
    let management: MembershipManagement

    /// Who may register without an invitation.
    let signUpPolicy: SignUpPolicy

    /// Reads the catalogue and the switches.
    init(reader: inout SettingsReader) {
        let names = reader.list(.roles, default: []) { text throws(SettingProblem) in text }
        var roles = RoleCatalogue.standard
        if !names.isEmpty {
            do throws(RoleCatalogue.Mistake) {
                roles = try RoleCatalogue(names: names)
            } catch {
                reader.refuse(.roles, SettingProblem("is no list of roles", error.description))
            }
        }
        self.roles = roles
        self.management = MembershipManagement(
            roles: Self.manager(.manualRoleManagement, &reader),
            spaces: Self.manager(.manualWorkspaceManagement, &reader),
            projectMembers: Self.manager(.manualProjectMemberManagement, &reader)
        )
        let isClosed = reader.value(.disableSignupWithoutLink, default: false, parse: SettingSyntax.flag)
        self.signUpPolicy = isClosed ? .invitationOnly : .open
    }
    private static func manager(
        _ key: SettingKey,
        _ reader: inout SettingsReader
    ) -> MembershipManagement.Manager {
        reader.value(key, default: true, parse: SettingSyntax.flag) ? .administrators : .identityProvider
    }
}
