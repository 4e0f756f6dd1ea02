import Logging
import ReverseProxy
import ServiceLifecycle
import Storage
import WebSSO

/// Keeps keys of Portico's own in memory up to date: other nodes and the operator rotate them.
struct KeyService: Service {
    /// How often the keys are read, well below the time after which a new one is published.
    private static let interval = Duration.seconds(10)
    /// How often it is tried while there are none.
    private static let impatience = Duration.seconds(1)

    /// What keys these are, as logs name them.
    private let name: String
    private let areKnown: @Sendable () -> Bool
    private let refresh: @Sendable () async throws -> Void
    private let logger: Logger

    /// Reads the keys for SAML.
    init(_ directory: SPKeyDirectory, logger: Logger) {
        self.name = "SAML"
        self.areKnown = { directory.current != nil }
        self.refresh = { try await directory.refresh() }
        self.logger = logger
    }

    /// Reads the keys of the identity token; sessions forget the tokens of a key that is published no more.
    init(_ directory: IdentityKeyDirectory, of sessions: SessionDirectory, logger: Logger) {
        self.name = "identity token"
        self.areKnown = { directory.current != nil }
        self.refresh = {
            let known = directory.current?.ids ?? []
            defer {
                let isStillKnown = known.isSubset(of: directory.current?.ids ?? [])
                if !isStillKnown { sessions.discardIdentityTokens() }
            }
            try await directory.refresh()
        }
        self.logger = logger
    }

    /// Reads the keys before the first request, and makes them at the first start; a database that is away is no reason
    /// not to start.
    ///
    /// - Throws: ``CommandRefusal`` when `SECRET_KEY` is not the one of this installation.
    func prepare() async throws(CommandRefusal) {
        if let failure = try await self.read() {
            self.logger.debug(
                "keys are not read yet",
                metadata: ["keys": "\(self.name)", "error": "\(failure)"]
            )
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
            // Without a key nobody signs in, so that is asked for more often; a stop cuts the wait short.
            try? await Task.sleep(for: self.areKnown() ? Self.interval : Self.impatience)
            guard !Task.isCancelled else { break }
            do throws(CommandRefusal) {
                let failure = try await self.read()
                if let failure, failure != known {
                    self.logger.warning(
                        "keys cannot be read, known ones go on",
                        metadata: ["keys": "\(self.name)", "error": "\(failure)"]
                    )
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
        let isFirst = !self.areKnown()
        do {
            try await self.refresh()
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

extension KeyService: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "keys: \(self.name)" }
}
