import ArgumentParser
import Workspaces

/// `portico member deactivate`: locks a member out; the sessions end at once (behavior Q12).
struct MemberDeactivateCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate",
        abstract: "Lock a member out; the identity provider cannot undo it."
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
            as: .deactivation,
            done: "is deactivated; the sessions ended"
        ) { administration, _, _ in
            try administration.deactivate()
        }
    }
}
