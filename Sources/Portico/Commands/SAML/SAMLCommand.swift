import ArgumentParser

/// `portico saml`: a workspace's identity provider.
struct SAMLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "saml",
        abstract:
            "Configure, enable, disable, show and explain a workspace's identity provider, and keep its metadata fresh.",
        subcommands: [
            SAMLConfigureCommand.self, SAMLEnableCommand.self, SAMLDisableCommand.self, SAMLShowCommand.self,
            SAMLRefreshCommand.self, SAMLPendingCommand.self, SAMLApproveCommand.self, SAMLRejectCommand.self,
            SAMLExplainCommand.self,
        ]
    )
}
