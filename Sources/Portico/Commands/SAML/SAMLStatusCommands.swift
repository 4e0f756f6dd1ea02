import ArgumentParser
import Workspaces

/// `portico saml enable`: lets people sign in; wants a configuration and a claimed domain (behaviour T5).
struct SAMLEnableCommand: AsyncParsableCommand {
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

/// `portico saml disable`: ends the sessions that came from it; the memberships stay (behaviour T8).
struct SAMLDisableCommand: AsyncParsableCommand {
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

/// `portico saml show`: what to give to the identity provider, and what it gave.
struct SAMLShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the SAML configuration of a workspace."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let document = SAMLDocument(try await context.workspace(self.companyID), site: context.site)
            try context.output.show(document, fields: document.fields)
        }
    }
}
