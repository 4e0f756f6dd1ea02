import ArgumentParser
import Workspaces

/// `portico saml disable`: ends the sessions that came from it; the memberships stay (behavior T8).
struct SAMLDisableCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Stop sign-ins with SAML; the sessions end, the people stay."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administer(self.companyID, done: "signs nobody in with SAML; its sessions ended") {
            try $0.disableSAML()
        }
    }
}
