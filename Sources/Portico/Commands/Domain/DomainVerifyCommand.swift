import ArgumentParser
import Foundation
import Storage
import Workspaces

/// `portico domain verify`: looks for the record of a claim now.
struct DomainVerifyCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Look for the DNS record of a domain that is being claimed."
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
            let claims = try await store.claims(scope)
            guard let domain = EmailDomain(self.domain), let claim = claims.first(where: { $0.domain == domain }) else {
                throw CommandRefusal(
                    "\(found.workspace.companyID) does not claim \(self.domain) by DNS: `portico domain add` begins a claim"
                )
            }
            let checker = DomainChecker(resolver: context.settings.fetches.resolver, store: store)
            guard let outcome = try await checker.check(scope, claim, actor: .operator) else {
                throw CommandRefusal("the claim of \(claim.domain) was changed meanwhile: look at it again")
            }
            guard outcome.claim.state == .claimed, outcome.claim.problem == nil else {
                throw CommandRefusal(Self.explanation(outcome.claim, of: found.workspace.companyID))
            }
            try context.output.done(
                "\(found.workspace.companyID) has claimed \(claim.domain)",
                DomainRow(outcome.claim)
            )
        }
    }

    private static func explanation(_ claim: DomainClaim, of companyID: CompanyID) -> String {
        let problem = claim.problem ?? "its record was not looked for"
        return switch claim.state {
        case .inProgress:
            "\(claim.domain) is still in progress: \(problem); publish “\(claim.recordText)” there until"
                + " \(claim.expiresAt.formatted(.iso8601))"
        case .claimed:
            "\(claim.domain) stays claimed for now: \(problem); publish “\(claim.recordText)” there again"
        case .failed where claim.isOpen:
            "\(claim.domain) is no longer claimed: \(problem); publish “\(claim.recordText)” there again"
        case .failed:
            "the 24 hours of the claim of \(claim.domain) are over: `portico domain add \(companyID) \(claim.domain)`"
                + " begins another one"
        }
    }
}
