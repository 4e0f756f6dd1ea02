import ArgumentParser
import Workspaces

/// `portico member set-role`: a manual change, which lasts until the next sign-in that carries roles (behavior R9).
struct MemberSetRoleCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-role",
        abstract: "Give a member a role, until the identity provider says otherwise."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The person's e-mail address.")
    var email: String

    @Argument(help: "The role.")
    var role: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let role = self.role
        try await self.options.administerMember(
            self.companyID,
            self.email,
            as: .role(role),
            done: "is \(role) now"
        ) { administration, _, _ in
            try administration.setRole(role)
        }
    }
}
