import ArgumentParser
import Workspaces

/// `portico workspace disable`: closes a workspace; its sessions end at once.
struct WorkspaceDisableCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Close a workspace: its sessions end, its people and configuration stay."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administer(self.companyID, done: "is disabled; its sessions ended") { $0.disable() }
    }
}
