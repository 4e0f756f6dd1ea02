import ArgumentParser
import Logging
import ServiceLifecycle
import Tracing
import UnixSignals

/// `portico serve`: runs the gateway until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway.",
        discussion:
            "Settings come from flags, then PORTICO_… variables, then the file. SIGTERM and SIGINT stop gracefully, SIGHUP "
            + "reads routes and the log level again."
    )

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let input = self.options.input
        let settings = try input.settings()
        PorticoLogging.bootstrap(settings.log)
        let threshold = LogThreshold(settings.log.level)
        let logger = PorticoLogging.logger(label: "portico", threshold: threshold, format: settings.log.format)
        for name in input.unknownVariables {
            logger.warning("variable is no setting and is ignored", metadata: ["variable": "\(name)"])
        }
        if settings.log.isTracing { InstrumentationSystem.bootstrap(SpanLog.tracer(logger)) }
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let application = GatewayApplication(
            settings: settings,
            logger: logger,
            reloading: Reloading(input: input, threshold: threshold, signals: signals),
            tracer: settings.log.isTracing ? InstrumentationSystem.tracer : nil
        )
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
