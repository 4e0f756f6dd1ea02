import ArgumentParser
import Workspaces

/// `portico saml approve`: pins certificates that the metadata lists, or unpins those that it lists no more.
struct SAMLApproveCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Do what metadata proposes about certificates; `saml pending` lists them.",
        discussion:
            "Compare the fingerprint first with what the identity provider's administrator says, not with metadata."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: ArgumentHelp("The whole SHA-256 fingerprint of each.", valueName: "fingerprint"))
    var fingerprints: [String]

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.review(self.companyID, done: "approved") { review, context in
            try review.approve(self.fingerprints, loopbackHTTP: context.loopbackHTTP)
        }
    }
}
