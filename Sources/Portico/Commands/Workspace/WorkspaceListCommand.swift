import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico workspace list`: one line for each workspace.
struct WorkspaceListCommand: OperatorCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the workspaces.")

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let rows = try await OperatorDirectory(pool: context.pool).workspaces().map(WorkspaceRow.init)
            try context.output.list(
                rows,
                columns: ["company id", "name", "status", "saml", "domains", "active", "certificate until"],
                cells: { row in
                    [
                        row.companyID, row.name, row.status, row.saml, "\(row.domains)",
                        row.seats.map { "\(row.activeMembers) of \($0)" } ?? "\(row.activeMembers)",
                        row.firstCertificateEnd?.formatted(.iso8601) ?? "-",
                    ]
                },
                whenEmpty: "there are no workspaces; `portico workspace create` makes one"
            )
        }
    }
}
