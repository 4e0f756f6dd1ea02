import ArgumentParser
import Storage
import Workspaces

/// `portico workspace delete`: removes people, configuration and sessions for good (rulings 23).
struct WorkspaceDeleteCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a workspace: its people, configuration and sessions. Its audit log stays for its time."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Flag(help: "Yes, delete it; there is no way back.")
    var yes = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let name = found.workspace.companyID.value
            guard self.yes else {
                throw CommandRefusal(
                    "deleting \(name) removes its people and its configuration for good: say --yes to do it"
                )
            }
            try await WorkspaceStore(pool: context.pool)
                .delete(WorkspaceScope(found.workspace.id), actor: .operator, now: context.now)
            try context.output.done("deleted \(name); its Company ID is never given again", ["deleted": name])
        }
    }
}
