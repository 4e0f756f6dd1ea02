import Workspaces

/// What members may be and who manages them.
struct MemberSettings: Hashable, Sendable {
    /// The roles that exist.
    let roles: RoleCatalogue

    /// Whether administrators change roles by hand.
    let managesRoles: Bool

    /// Whether administrators manage spaces by hand.
    let managesSpaces: Bool

    /// Whether administrators manage project members by hand.
    let managesProjectMembers: Bool

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
        self.managesRoles = reader.value(.manualRoleManagement, default: true, parse: SettingSyntax.flag)
        self.managesSpaces = reader.value(.manualWorkspaceManagement, default: true, parse: SettingSyntax.flag)
        self.managesProjectMembers = reader.value(
            .manualProjectMemberManagement,
            default: true,
            parse: SettingSyntax.flag
        )
        let isClosed = reader.value(.disableSignupWithoutLink, default: false, parse: SettingSyntax.flag)
        self.signUpPolicy = isClosed ? .invitationOnly : .open
    }
}
