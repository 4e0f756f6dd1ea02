import ArgumentParser
import Foundation
import GatewayHTTP
import Storage
import Workspaces

/// `portico member invite`: lets an address sign in with a role, once its identity provider agrees (behavior M1).
struct MemberInviteCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Invite somebody: mail the link, or show it.",
        discussion:
            """
            With SMTP_URL and MAIL_FROM, `portico serve` mails the link. Elsewhere, and with --link, it is shown once and kept \
            nowhere. It lets in nobody but the person of the address. Inviting again makes a \
            new link, which takes the place of the one before; `portico member remove` withdraws the invitation.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: "The person's e-mail address.")
    var email: String

    @Option(help: "The role; none where the identity provider alone manages roles.")
    var role: String?

    @Option(help: ArgumentHelp("How long the link works: 1h to 30d.", valueName: "duration"))
    var expires = LinkLifetime(duration: InvitationLink.usualLifetime)

    @Flag(help: "Show the link instead of mailing it.")
    var link = false

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let showsLink = self.link
        let (role, lifetime) = (self.role, self.expires.duration)
        guard InvitationLink.lifetimes.contains(lifetime) else {
            throw CommandRefusal("an invitation's link works for an hour to 30 days: give --expires such as 7d")
        }
        try await self.options.withOperator { context in
            guard let site = context.site else {
                throw CommandRefusal("PUBLIC_URL is not set: the link of an invitation begins with it")
            }
            let workspace = try await context.workspace(self.companyID).workspace
            let email = try context.email(self.email)
            let management = context.settings.members.management
            guard role != nil || management.roleManager(of: workspace) == .identityProvider else {
                throw CommandRefusal("administrators manage the roles of \(self.companyID): give --role")
            }
            let token = context.settings.mail == nil || showsLink ? SecretToken<InvitationLink>.random() : nil
            let outcome = try await MembershipStore(pool: context.pool)
                .administer(context.request(.invitation(role: role), of: email, in: workspace)) {
                    administration,
                    user in
                    guard let token else {
                        return try administration.inviteByMail(email, roleName: role, user: user, lifetime: lifetime)
                    }
                    return try administration.invite(email, roleName: role, user: user, by: token, lifetime: lifetime)
                }
            guard let membership = outcome.membership else { return }
            let url = token.map { site.invitationURL($0) }
            let delivery =
                if let url, let link = outcome.invitation {
                    [url, "works for \(email.value) alone, until \(link.expiresAt.formatted(.iso8601))"]
                } else {
                    ["`portico serve` mails the link; the audit log says when it was sent"]
                }
            try context.output.done(
                ["\(email.value) is invited\(Self.words(membership.role)); the next sign-in makes the person a member"]
                    + delivery,
                InvitedRow(
                    member: MemberRow(membership, in: workspace),
                    invitationURL: url,
                    expiresAt: outcome.invitation?.expiresAt
                )
            )
        }
    }

    private static func words(_ role: Role?) -> String {
        role.map { " as \($0)" } ?? ", without a role"
    }
}
