import ArgumentParser

/// `portico keys`: Portico's own keys.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract:
            "List and rotate the keys with which Portico signs requests and identity tokens and decrypts assertions.",
        subcommands: [KeysListCommand.self, KeysRotateCommand.self]
    )
}
