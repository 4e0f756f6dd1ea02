import ArgumentParser

/// `portico session`: who is signed in.
struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "List and end the sessions of a workspace.",
        subcommands: [SessionListCommand.self, SessionRevokeCommand.self]
    )
}
