import ArgumentParser
import Foundation
import GatewayHTTP
import Storage
import Workspaces

/// `portico setup-link`: a link for whoever sets up a workspace's single sign-on, before anybody can sign in there.
struct SetupLinkCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup-link",
        abstract: "Make a one-time link that opens a workspace's settings in a browser.",
        discussion:
            """
            The link is shown once and kept nowhere. It opens the settings for two hours, for whoever opens it first: send it \
            to nobody but who is meant. A new link takes earlier ones back and ends the visits that they opened.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Option(help: ArgumentHelp("How long it waits to be opened: 5m to 7d.", valueName: "duration"))
    var expires = LinkLifetime(duration: .seconds(86_400))

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            guard let site = context.site else {
                throw CommandRefusal("PUBLIC_URL is not set: the link begins with it")
            }
            let workspace = try await context.workspace(self.companyID).workspace
            guard workspace.status == .enabled else {
                throw CommandRefusal(
                    "\(workspace.companyID) is disabled: run `portico workspace enable \(workspace.companyID)` first"
                )
            }
            let token = SecretToken<SetupLink>.random()
            let lifetime = self.expires.duration
            guard let link = SetupLink(to: workspace.id, token: token, lifetime: lifetime, now: context.now) else {
                throw CommandRefusal("a setup link waits for 5 minutes to 7 days: give --expires such as 24h")
            }
            try await SetupStore(pool: context.pool).create(link)
            let url = site.setupURL(token)
            let shown = Shown(companyID: workspace.companyID.value, url: url, expiresAt: link.expiresAt)
            try context.output.done(
                [
                    url,
                    "opens the settings of \(workspace.companyID) once, until \(link.expiresAt.formatted(.iso8601))",
                ],
                shown
            )
        }
    }

    /// The link for programs.
    private struct Shown: Encodable {
        let companyID: String
        let url: String
        let expiresAt: Date
    }
}
