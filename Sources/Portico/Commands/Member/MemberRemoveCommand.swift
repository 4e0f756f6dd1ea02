import ArgumentParser
import Workspaces

/// `portico member remove`: deletes the membership; whoever the identity provider still names comes back (Q13).
struct MemberRemoveCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a member, which is no ban: use deactivate for that."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The person's e-mail address.")
    var email: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administerMember(
            self.companyID,
            self.email,
            as: .removal,
            done: "is removed; whoever the identity provider still names comes back, deactivate is the ban"
        ) { administration, _, _ in
            try administration.remove()
        }
    }
}
