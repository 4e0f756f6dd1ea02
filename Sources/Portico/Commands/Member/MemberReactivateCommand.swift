import ArgumentParser
import Workspaces

/// `portico member reactivate`: lets a member who was locked out in again.
struct MemberReactivateCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "reactivate",
        abstract: "Let a member who was locked out in again."
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
            as: .reactivation,
            done: "is reactivated"
        ) { administration, _, _ in
            try administration.reactivate()
        }
    }
}
