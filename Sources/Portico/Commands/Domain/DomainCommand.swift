import ArgumentParser

/// `portico domain`: the domains whose people may sign in.
struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain",
        abstract: "Claim and list the e-mail domains of a workspace.",
        subcommands: [
            DomainAddCommand.self, DomainVerifyCommand.self, DomainListCommand.self, DomainRemoveCommand.self,
            DomainClaimCommand.self,
        ]
    )
}
