import ArgumentParser
import Storage
import Workspaces

/// `portico session revoke`: ends sessions on every node at their next request.
struct SessionRevokeCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End the sessions of a workspace, or of one person of it."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "Only this person's.")
    var email: String?

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let email = try self.email.map { try context.email($0) }
            let count = try await SessionStore(pool: context.pool)
                .revoke(WorkspaceScope(found.workspace.id), of: email, by: .operator, now: context.now)
            try context.output.done("ended \(count) \(count == 1 ? "session" : "sessions")", ["revoked": count])
        }
    }
}
