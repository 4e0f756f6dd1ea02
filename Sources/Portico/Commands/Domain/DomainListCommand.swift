import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico domain list`: the claimed domains of a workspace.
struct DomainListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the domains of a workspace."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let rows = try await WorkspaceStore(pool: context.pool)
                .domains(WorkspaceScope(found.workspace.id)).map(DomainRow.init)
            try context.output.list(
                rows,
                columns: ["domain", "proof", "claimed"],
                cells: { [$0.domain, $0.proof, $0.claimedAt.formatted(.iso8601)] },
                whenEmpty: "no domain is claimed; `portico domain claim \(found.workspace.companyID) DOMAIN` claims one"
            )
        }
    }
}
