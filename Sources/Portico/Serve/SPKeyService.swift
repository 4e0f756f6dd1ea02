import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import WebSSO

/// Keeps Portico's own SAML keys in memory up to date: other nodes and the operator rotate them.
struct SPKeyService: Service {
    /// How often the keys are read, well below the time after which a new one is published.
    private static let interval = Duration.seconds(10)
    /// How often it is tried while there are none.
    private static let impatience = Duration.seconds(1)

    private let directory: SPKeyDirectory
    private let logger: Logger

    init(directory: SPKeyDirectory, logger: Logger) {
        self.directory = directory
        self.logger = logger
    }

    /// Reads the keys before the first request, makes them at the first start, and encrypts them anew after the secret
    /// key changed; a database that is away is no reason not to start.
    ///
    /// - Throws: ``CommandRefusal`` when `SECRET_KEY` is not the one of this installation.
    func prepare() async throws(CommandRefusal) {
        if let failure = try await self.read() {
            self.logger.debug("SAML keys are not read yet", metadata: ["error": "\(failure)"])
        }
    }

    func run() async throws {
        let result = await cancelWhenGracefulShutdown { await self.keepReading() }
        try result.get()
    }

    // MARK: - Private

    private func keepReading() async -> Result<Void, CommandRefusal> {
        var known: String?
        while !Task.isCancelled {
            try? await Task.sleep(for: self.directory.current == nil ? Self.impatience : Self.interval)
            guard !Task.isCancelled else { break }
            do throws(CommandRefusal) {
                let failure = try await self.read()
                if let failure, failure != known {
                    self.logger.warning("SAML keys cannot be read, known ones go on", metadata: ["error": "\(failure)"])
                }
                known = failure
            } catch {
                return .failure(error)
            }
        }
        return .success(())
    }

    /// Reads the keys once.
    ///
    /// - Returns: Why that failed; `nil` when it did not.
    /// - Throws: When the keys cannot be opened and none were before.
    private func read() async throws(CommandRefusal) -> String? {
        let isFirst = self.directory.current == nil
        do {
            try await self.directory.refresh()
            guard isFirst else { return nil }
            let resealed = try await self.directory.reseal()
            if resealed > 0 {
                self.logger.notice(
                    "SAML keys are encrypted under the first secret key now",
                    metadata: ["keys": "\(resealed)"]
                )
            }
            return nil
        } catch let failure as SealingFailure where isFirst {
            throw CommandRefusal(failure.description)
        } catch let error as any CustomStringConvertible {
            return error.description
        } catch {
            return String(reflecting: error)
        }
    }
}

extension SPKeyService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "SAML keys" }
}
