import ArgumentParser
import Workspaces

/// `portico saml reject`: leaves the configuration as it is although the metadata says something else.
struct SAMLRejectCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Leave certificates as they are, whatever metadata proposes.",
        discussion: "It holds as long as the metadata says the same; `saml approve` takes it back."
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: ArgumentHelp("The whole SHA-256 fingerprint of each.", valueName: "fingerprint"))
    var fingerprints: [String]

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.review(self.companyID, done: "rejected") { review, _ in
            try review.reject(self.fingerprints)
        }
    }
}
