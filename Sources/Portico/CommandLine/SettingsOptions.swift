import ArgumentParser
import Foundation

/// The flags that override settings, the same for every command that reads the configuration.
struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The YAML file with settings.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The URL that browsers use.", valueName: "url"))
    var publicURL: String?

    @Option(help: ArgumentHelp("Where the gateway listens.", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("Where /ping, /ready and /metrics are answered.", valueName: "host:port"))
    var opsListen: String?

    @Option(help: ArgumentHelp("PEM file with the certificate chain.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("PEM file with the private key.", valueName: "file"))
    var tlsKey: String?

    @Option(help: ArgumentHelp("The application behind the gateway.", valueName: "url"))
    var upstream: String?

    @Option(help: ArgumentHelp("The reserved path prefix.", valueName: "path"))
    var prefix: String?

    @Option(help: ArgumentHelp("The number of event loops.", valueName: "count"))
    var workers: String?

    @Option(help: ArgumentHelp("The least level that is logged.", valueName: "level"))
    var logLevel: String?

    @Option(help: ArgumentHelp("How a line of the log looks: text or json.", valueName: "format"))
    var logFormat: String?

    /// The flags that were given, with the process's environment.
    var input: SettingsInput {
        let flags: [SettingKey: String?] = [
            .config: self.config, .publicURL: self.publicURL, .listen: self.listen, .opsListen: self.opsListen,
            .tlsCertificate: self.tlsCertificate, .tlsKey: self.tlsKey, .upstream: self.upstream,
            .prefix: self.prefix, .workers: self.workers, .logLevel: self.logLevel, .logFormat: self.logFormat,
        ]
        return SettingsInput(
            flags: flags.compactMapValues(\.self),
            environment: ProcessInfo.processInfo.environment
        )
    }
}
