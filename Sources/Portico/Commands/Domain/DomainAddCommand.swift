import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico domain add`: begins a claim and says which TXT record proves it (behavior D1).
struct DomainAddCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Claim a domain by a DNS record; print the record.",
        discussion: "The record has 24 hours to appear. The gateway looks for it every few minutes."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The domain: the part of e-mail addresses after the @.")
    var domain: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let claim = try await DomainClaimStore(pool: context.pool)
                .request(WorkspaceScope(found.workspace.id), domain: self.domain, actor: .operator, now: context.now)
            try context.output.done(
                [
                    "\(found.workspace.companyID) claims \(claim.domain); publish this record until"
                        + " \(claim.expiresAt.formatted(.iso8601)):",
                    "  \(claim.recordName). TXT \"\(claim.recordText)\"",
                    "then run `portico domain verify \(found.workspace.companyID) \(claim.domain)`, or wait for the gateway",
                ],
                DomainRow(claim)
            )
        }
    }
}
