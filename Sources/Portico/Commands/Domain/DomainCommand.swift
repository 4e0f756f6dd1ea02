import ArgumentParser

/// `portico domain`: the domains whose people may sign in.
struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain",
        abstract: "Claim and list the e-mail domains of a workspace.",
        subcommands: [DomainClaimCommand.self, DomainListCommand.self]
    )
}
