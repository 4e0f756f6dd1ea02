import Logging
import ReverseProxy
import ServiceLifecycle

/// Reads the settings again at each SIGHUP, and gives the data plane the routes that are there then.
///
/// Either everything that was read is sound and counts from then on, or nothing does: what runs goes on as it was, and the
/// log tells every mistake. Settings that a running gateway cannot take are told too, so that nobody takes them for being
/// in force.
struct ReloadService: Service {
    private let reloading: Reloading
    private let running: SettingsFingerprint
    private let proxy: ReverseProxy
    private let logger: Logger

    /// Compares what is read later with the settings that the gateway was started with.
    init(_ reloading: Reloading, running: SettingsFingerprint, proxy: ReverseProxy, logger: Logger) {
        self.reloading = reloading
        self.running = running
        self.proxy = proxy
        self.logger = logger
    }

    func run() async throws {
        for await _ in self.reloading.signals.cancelOnGracefulShutdown() { await self.reload() }
    }

    private func reload() async {
        do {
            let settings = try self.reloading.input.settings()
            try await self.proxy.reload(settings.routing.table)
            self.reloading.threshold.level = settings.log.level
            self.logger.notice(
                "configuration was read again",
                metadata: ["routes": "\(settings.routing.table.routes.map(\.name).joined(separator: ", "))"]
            )
            for key in settings.fingerprint.changesForNextStart(from: self.running) {
                self.logger.warning(
                    "setting has changed and counts from the next start",
                    metadata: ["setting": "\(key.environmentName)"]
                )
            }
        } catch let error as SettingsMistakes {
            for mistake in error.mistakes {
                self.logger.error("configuration is wrong", metadata: ["mistake": "\(mistake)"])
            }
            self.logger.error(
                "configuration was not read again, the one before goes on",
                metadata: ["mistakes": "\(error.mistakes.count)"]
            )
        } catch {
            self.logger.error(
                "configuration was not read again, the one before goes on",
                metadata: ["error": "\(String(reflecting: error))"]
            )
        }
    }
}

extension ReloadService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "reload" }
}
