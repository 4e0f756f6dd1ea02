import ArgumentParser
import Storage
import Workspaces

/// `portico workspace enable`: opens a workspace that was closed.
struct WorkspaceEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Open a workspace again.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administer(self.companyID, done: "is enabled") { $0.enable() }
    }
}

/// `portico workspace disable`: closes a workspace; its sessions end at once.
struct WorkspaceDisableCommand: AsyncParsableCommand {
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

extension OperatorOptions {
    /// Lets the domain decide about a workspace, writes the outcome and says what was done.
    func administer(
        _ companyID: String,
        done sentence: String,
        decide: @Sendable @escaping (WorkspaceAdministration) throws -> WorkspaceOutcome
    ) async throws {
        try await self.withOperator { context in
            let found = try await context.workspace(companyID)
            let scope = WorkspaceScope(found.workspace.id)
            try await WorkspaceStore(pool: context.pool)
                .administer(scope, actor: .operator, now: context.now, decide: decide)
            try context.output.done(
                "\(found.workspace.companyID) \(sentence)",
                try await WorkspaceDocument(of: companyID, in: context)
            )
        }
    }
}
