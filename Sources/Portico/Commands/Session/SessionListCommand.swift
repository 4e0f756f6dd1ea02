import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico session list`: the sessions that are open.
struct SessionListCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the open sessions.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "Only this person's.")
    var email: String?

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let email = try self.email.map { try context.email($0) }
            let rows = try await SessionStore(pool: context.pool)
                .sessions(WorkspaceScope(found.workspace.id), of: email, now: context.now).map(SessionRow.init)
            try context.output.list(
                rows,
                columns: ["email", "role", "signed in", "last seen", "until"],
                cells: { row in
                    [row.email, row.role]
                        + [row.authenticatedAt, row.lastSeenAt, row.expiresAt]
                        .map {
                            $0.formatted(.iso8601)
                        }
                },
                whenEmpty: "nobody is signed in"
            )
        }
    }
}
