import ArgumentParser
import Foundation

/// `portico demo`: the whole thing on one machine, with an identity provider and an application (interface section 1).
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the demonstration: gateway, PostgreSQL, identity provider and an application.",
        discussion: """
            Everything lives in one folder and is kept between runs. Settings of `serve` hold here too, for instance \
            PORTICO_LISTEN; with PORTICO_DATABASE_URL the given database is used and none is started. Ctrl-C stops \
            everything.
            """
    )

    @Option(help: ArgumentHelp("Where the gateway listens (default 127.0.0.1:8080).", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("Where the identity provider listens (default 127.0.0.1:8090).", valueName: "host:port"))
    var idpListen: String?

    @Option(help: ArgumentHelp("The folder that keeps everything.", valueName: "folder"))
    var folder = ".portico"

    func run() async throws {
        let plan = try DemoPlan(
            listen: self.listen,
            identityProviderListen: self.idpListen,
            folder: URL(filePath: self.folder, directoryHint: .isDirectory),
            environment: ProcessInfo.processInfo.environment
        )
        try await Demonstration(plan: plan).run()
    }
}
