import ArgumentParser
import Storage
import Workspaces

/// `portico domain remove`: gives a domain up, or the claim of one.
struct DomainRemoveCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Give a domain up: nobody comes in from it any more."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The domain.")
    var domain: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let scope = WorkspaceScope(found.workspace.id)
            let store = DomainClaimStore(pool: context.pool)
            guard let domain = EmailDomain(self.domain),
                try await store.remove(scope, domain: domain, actor: .operator, now: context.now)
            else {
                throw CommandRefusal(
                    "\(found.workspace.companyID) has no domain \(self.domain): `portico domain list` shows those it has"
                )
            }
            try context.output.done(
                "\(found.workspace.companyID) has given up \(domain)",
                try await DomainRow.all(of: scope, in: context)
            )
        }
    }
}
