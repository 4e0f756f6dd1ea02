import ArgumentParser
import Workspaces

/// `portico saml enable`: lets people sign in; wants a configuration and a claimed domain (behavior T5).
struct SAMLEnableCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let the people of a workspace sign in with SAML."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.administer(self.companyID, done: "lets its people sign in with SAML") {
            try $0.enableSAML()
        }
    }
}
