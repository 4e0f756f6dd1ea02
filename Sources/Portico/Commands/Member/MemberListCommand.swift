import ArgumentParser
import Storage
import Workspaces

/// `portico member list`: everybody in a workspace.
struct MemberListCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the people of a workspace.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let rows = try await MembershipStore(pool: context.pool)
                .memberships(WorkspaceScope(found.workspace.id))
                .map { MemberRow($0, in: found.workspace) }
            try context.output.list(
                rows,
                columns: ["email", "name", "state", "role", "source"],
                cells: { row in
                    [
                        row.email, row.displayName,
                        row.state + (row.deactivatedBy.map { " by \($0)" } ?? ""),
                        (row.role ?? "-") + (row.owner ? " (owner)" : ""), row.roleSource,
                    ]
                },
                whenEmpty: "nobody is in \(found.workspace.companyID) yet"
            )
        }
    }
}
