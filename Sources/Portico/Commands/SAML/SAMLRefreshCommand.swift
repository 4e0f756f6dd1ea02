import ArgumentParser
import Fetching
import Foundation
import Storage
import Workspaces

/// `portico saml refresh`: fetches a workspace's metadata now instead of when it is due.
struct SAMLRefreshCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Fetch a workspace's metadata now.",
        discussion: """
            What becomes of a change is as when `portico serve` fetches it: in automatic mode it counts at once, otherwise it \
            waits for `saml approve`.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let refresher = MetadataRefresher(
                fetcher: context.settings.fetches.fetcher,
                pool: context.pool,
                loopbackHTTP: context.loopbackHTTP
            )
            let name = found.workspace.companyID.value
            let scope = WorkspaceScope(found.workspace.id)
            let result = try await refresher.refresh(scope, actor: .operator)
            guard let outcome = result.outcome else {
                throw CommandRefusal(
                    "\(name) has no metadata URL: import its metadata from one with `portico saml configure \(name)"
                        + " --metadata https://…`"
                )
            }
            if let problem = result.problem ?? outcome.state.problem {
                throw CommandRefusal("\(name): everything stays as it is: \(problem)")
            }
            let report = MetadataRefreshReport(outcome, of: try await context.workspace(self.companyID))
            try context.output.done(report.lines, report)
        }
    }
}
