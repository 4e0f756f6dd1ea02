import ArgumentParser
import Logging
import ServiceLifecycle
import UnixSignals

/// `portico serve`: runs the gateway until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway.",
        discussion:
            "Settings come from flags, then PORTICO_… variables, then the file. SIGTERM and SIGINT stop gracefully."
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let input = self.options.input
        let settings = try input.settings()
        PorticoLogging.bootstrap(settings.log)
        let logger = PorticoLogging.logger(label: "portico", settings: settings.log)
        for name in input.unknownVariables {
            logger.warning("variable is no setting and is ignored", metadata: ["variable": "\(name)"])
        }
        let application = GatewayApplication(settings: settings, logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [application],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumCancellationDuration = .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
        logger.info("stopped")
    }
}
