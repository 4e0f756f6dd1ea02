import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico workspace list`: one line for each workspace.
struct WorkspaceListCommand: AsyncParsableCommand {
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

/// One workspace in the list.
private struct WorkspaceRow: Encodable {
    let id: String
    let companyID: String
    let name: String
    let status: String
    let saml: String
    let domains: Int
    let activeMembers: Int
    let seats: Int?
    let firstCertificateEnd: Date?
    let createdAt: Date

    init(_ summary: WorkspaceSummary) {
        self.id = summary.workspace.id.description
        self.companyID = summary.workspace.companyID.value
        self.name = summary.workspace.name
        self.status = summary.workspace.status.rawValue
        self.saml = summary.samlEnabled.map { $0 ? "enabled" : "disabled" } ?? "not configured"
        self.domains = summary.domains
        self.activeMembers = summary.activeMembers
        self.seats = summary.workspace.seats
        self.firstCertificateEnd = summary.firstCertificateEnd
        self.createdAt = summary.createdAt
    }
}
