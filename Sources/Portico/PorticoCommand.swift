import ArgumentParser

/// The command line of the gateway (interface section 2).
@main
struct PorticoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portico",
        abstract: "A multi-tenant SAML gateway: people sign in at their identity provider, applications get headers.",
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, DemoCommand.self, MigrateCommand.self, ConfigCommand.self, DoctorCommand.self,
            WorkspaceCommand.self, SAMLCommand.self, DomainCommand.self, MemberCommand.self, SetupLinkCommand.self,
            SessionCommand.self, KeysCommand.self, AuditCommand.self,
        ]
    )

    /// Parses and runs; every ending goes through `CommandExit`.
    static func main() async {
        do {
            var command = try await Self.asyncParseAsRoot()
            if var operated = command as? any OperatorCommand {
                try await operated.runAudited()
            } else if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            CommandExit(error).perform()
        }
    }
}
