import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico domain list`: the domains of a workspace, claimed or on the way.
struct DomainListCommand: WorkspaceOperatorCommand {
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
            let rows = try await DomainRow.all(of: WorkspaceScope(found.workspace.id), in: context)
            try context.output.list(
                rows,
                columns: ["domain", "state", "proof", "claimed", "problem"],
                cells: {
                    [$0.domain, $0.state, $0.proof, $0.claimedAt?.formatted(.iso8601) ?? "", $0.problem ?? ""]
                },
                whenEmpty: "no domain is claimed; `portico domain add \(found.workspace.companyID) DOMAIN` claims one"
            )
        }
    }
}
