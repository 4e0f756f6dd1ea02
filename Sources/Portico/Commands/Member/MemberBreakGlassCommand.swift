import ArgumentParser
import Foundation
import GatewayHTTP
import Storage
import Workspaces

/// `portico member break-glass`: a link by which the owner sets the passphrase that works when single sign-on does not
/// (behavior A5, rulings 26); for a member where the workspace lets members have one (rulings 27).
struct MemberBreakGlassCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "break-glass",
        abstract: "Make a one-time link by which the owner sets a passphrase, or take the passphrase away.",
        discussion:
            """
            The link is shown once and kept nowhere. Whoever opens it first sets the passphrase, which takes the place of \
            an older one and of its authenticator app: send it to nobody but who is meant. Who may have a passphrase is \
            what `local_sign_in` of the workspace says: owner, members or off.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The person's e-mail address; the owner's where it is left out.")
    var email: String?

    @Option(help: ArgumentHelp("How long the link waits to be opened: 5m to 7d.", valueName: "duration"))
    var expires = LinkLifetime(duration: .seconds(86_400))

    @Flag(help: "Take the passphrase away instead; the sessions that it opened end.")
    var remove = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let workspace = try await context.workspace(self.companyID).workspace
            let member = try await self.member(of: workspace, in: context)
            if self.remove {
                try await self.takeAway(from: member, in: workspace, context)
            } else {
                try await self.makeLink(for: member, in: workspace, context)
            }
        }
    }

    private func member(of workspace: Workspace, in context: OperatorContext) async throws -> Membership {
        let members = MembershipStore(pool: context.pool)
        let scope = WorkspaceScope(workspace.id)
        if let text = self.email {
            guard let found = try await members.membership(scope, of: try context.email(text)) else {
                throw CommandRefusal("\(text) is not a member of \(workspace.companyID): invite the person first")
            }
            return found
        }
        let catalogue = context.settings.members.roles
        guard let owner = try await members.administrators(scope, catalogue: catalogue).first(where: \.isOwner) else {
            throw CommandRefusal(
                "\(workspace.companyID) has no owner: run `portico member transfer-ownership \(workspace.companyID) EMAIL`"
                    + " first"
            )
        }
        return owner
    }

    private func makeLink(for member: Membership, in workspace: Workspace, _ context: OperatorContext) async throws {
        guard let site = context.site else {
            throw CommandRefusal("PUBLIC_URL is not set: the link begins with it")
        }
        guard workspace.status == .enabled else {
            throw CommandRefusal(
                "\(workspace.companyID) is disabled: run `portico workspace enable \(workspace.companyID)` first"
            )
        }
        guard workspace.localSignIn.admits(member) else {
            throw CommandRefusal(
                "\(member.email.value) may have no passphrase here, since local_sign_in is"
                    + " \(workspace.localSignIn.rawValue): run `portico workspace local-sign-in \(workspace.companyID)"
                    + " \(member.isOwner ? "owner" : "members")` first"
            )
        }
        let token = SecretToken<PassphraseLink>.random()
        let link = PassphraseLink(
            in: workspace.id,
            for: member.userID,
            token: token,
            lifetime: self.expires.duration,
            now: context.now
        )
        guard let link else {
            throw CommandRefusal("the link waits for 5 minutes to 7 days: give --expires such as 24h")
        }
        try await LocalCredentialStore(pool: context.pool).create(link, for: member.email)
        let url = site.passphraseURL(token)
        let shown = Shown(
            companyID: workspace.companyID.value,
            email: member.email.value,
            url: url,
            expiresAt: link.expiresAt
        )
        try context.output.done(
            [
                url,
                "sets the passphrase of \(member.email.value) once, until \(link.expiresAt.formatted(.iso8601))",
            ],
            shown
        )
    }

    private func takeAway(
        from member: Membership,
        in workspace: Workspace,
        _ context: OperatorContext
    ) async throws {
        let wasThere = try await LocalCredentialStore(pool: context.pool)
            .remove(WorkspaceScope(workspace.id), of: member, by: .operator, now: context.now)
        let effect = wasThere ? "has no passphrase any more; its sessions ended" : "had no passphrase; nothing changed"
        try context.output.done("\(member.email.value) \(effect)", MemberRow(member, in: workspace))
    }

    /// The link for programs.
    private struct Shown: Encodable {
        let companyID: String
        let email: String
        let url: String
        let expiresAt: Date
    }
}
