import ArgumentParser
import Workspaces

/// `portico saml show`: what to give to the identity provider, and what it gave.
struct SAMLShowCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the SAML configuration of a workspace."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let configured = try await context.workspace(self.companyID)
            let metadata = try await context.metadataState(of: configured)
            let document = SAMLDocument(configured, metadata: metadata, site: context.site)
            try context.output.show(document, fields: document.fields)
        }
    }
}
