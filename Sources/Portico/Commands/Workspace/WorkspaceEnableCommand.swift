import ArgumentParser
import Workspaces

/// `portico workspace enable`: opens a workspace that was closed.
struct WorkspaceEnableCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Open a workspace again.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administer(self.companyID, done: "is enabled") { $0.enable() }
    }
}
