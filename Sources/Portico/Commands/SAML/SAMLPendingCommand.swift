import ArgumentParser
import Foundation
import Workspaces

/// `portico saml pending`: the certificates of metadata that wait for somebody's word, and those that were rejected.
struct SAMLPendingCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending",
        abstract: "List the changes of a workspace's metadata that wait for approval.",
        discussion: """
            A certificate to add is listed in the metadata and signs nobody in yet; one to remove is not listed any more and \
            counts until it is approved.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let state = try await context.metadataState(of: try await context.workspace(self.companyID))
            try context.output.list(
                state.proposals.map(MetadataProposalRow.init),
                columns: ["change", "state", "since", "subject", "key", "until", "SHA-256 fingerprint"],
                cells: { row in
                    [
                        row.change, row.state, row.proposedAt.formatted(.iso8601), row.subject, row.key,
                        row.notAfter.formatted(.iso8601), row.sha256Fingerprint,
                    ]
                },
                whenEmpty: "nothing is pending"
            )
        }
    }
}
