import ArgumentParser
import Storage
import Workspaces

/// `portico domain claim`: claims a domain on the operator's word, which is audited as such.
struct DomainClaimCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(commandName: "claim", abstract: "Claim a domain for a workspace.")

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The domain: the part of e-mail addresses after the @.")
    var domain: String

    @Flag(help: "Claim it without a DNS record, on your word.")
    var operatorOverride = false

    @OptionGroup var options: OperatorOptions

    func validate() throws {
        guard self.operatorOverride else {
            throw ValidationError("say --operator-override to claim a domain without proof by DNS")
        }
    }

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let outcome = try await WorkspaceStore(pool: context.pool)
                .claimDomain(WorkspaceScope(found.workspace.id), actor: .operator, now: context.now) {
                    try $0.claimDomain(self.domain, proof: .operatorOverride)
                }
            try context.output.done(
                "\(found.workspace.companyID) has claimed \(outcome.claim.domain.value)",
                DomainRow(outcome.claim)
            )
        }
    }
}
