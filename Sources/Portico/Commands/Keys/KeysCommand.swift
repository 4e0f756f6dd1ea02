import ArgumentParser

/// `portico keys`: Portico's own SAML keys.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "List and rotate the keys with which Portico signs requests and decrypts assertions.",
        subcommands: [KeysListCommand.self, KeysRotateCommand.self]
    )
}
