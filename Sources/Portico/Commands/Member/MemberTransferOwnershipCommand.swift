import ArgumentParser
import Storage
import Workspaces

/// `portico member transfer-ownership`: makes an active administrator the owner (rulings 27).
struct MemberTransferOwnershipCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer-ownership",
        abstract: "Make an active administrator the owner; the former owner stays an administrator."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The e-mail address of who shall own the workspace.")
    var email: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let found = try await context.workspace(self.companyID)
            let email = try context.email(self.email)
            let outcome = try await MembershipStore(pool: context.pool)
                .transferOwnership(
                    WorkspaceScope(found.workspace.id),
                    to: email,
                    catalogue: context.settings.members.roles,
                    actor: .operator,
                    method: nil,
                    now: context.now
                )
            let sentence =
                outcome.changes.isEmpty
                ? "owns \(found.workspace.companyID) already; nothing changed" : "owns \(found.workspace.companyID) now"
            let owner = ["company_id": found.workspace.companyID.value, "owner": email.value]
            try context.output.done("\(email.value) \(sentence)", owner)
            if outcome.leavesNoWayIn {
                context.output.note(
                    "single sign-on is off and \(email.value) has no passphrase, so nobody gets in: `portico member break-glass"
                        + " \(found.workspace.companyID)` makes the link for one"
                )
            }
        }
    }
}
