import ArgumentParser

/// `portico workspace`: the tenants.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Make, show, change and delete workspaces.",
        subcommands: [
            WorkspaceCreateCommand.self, WorkspaceListCommand.self, WorkspaceShowCommand.self,
            WorkspaceEnableCommand.self, WorkspaceDisableCommand.self, WorkspaceDeleteCommand.self,
            WorkspaceApplyCommand.self, WorkspaceLocalSignInCommand.self,
        ]
    )
}
