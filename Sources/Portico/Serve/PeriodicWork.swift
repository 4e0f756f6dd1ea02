import Logging
import PostgreSQL
import ServiceLifecycle
import Storage

/// Work of a node that is done again and again until the node stops.
struct PeriodicWork: Sendable {
    /// From the end of one turn to the beginning of the next, on average: nodes that were started together spread out.
    let interval: Duration
    /// The time before the first turn, on average; `nil` for the interval.
    var delay: Duration?
    /// What the log says when a turn fails: "domains cannot be looked at".
    let failure: String
    let logger: Logger

    /// Does the work until the task is canceled or the program shuts down, which ends the turn under way too.
    func repeating(_ work: @escaping @Sendable () async throws -> Void) async {
        await cancelWhenGracefulShutdown {
            var pause = self.delay ?? self.interval
            while !Task.isCancelled {
                await Self.rest(pause)
                guard !Task.isCancelled else { return }
                await self.once(work)
                pause = self.interval
            }
        }
    }

    /// As ``repeating(_:)``, but a turn that is under way when the program shuts down is finished.
    func repeatingWhole(_ work: @escaping @Sendable () async throws -> Void) async {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            await cancelWhenGracefulShutdown { await Self.rest(self.interval) }
            await self.once(work)
        }
    }

    /// Waits about so long, since nodes that were started together spread out; a stop cuts it short.
    static func rest(_ pause: Duration) async {
        try? await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
    }

    /// Does the work once.
    ///
    /// A failure is told to the log, and the next turn tries again.
    func once(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch let error as PostgreSQLError where error.isUnavailability || error == .cancelled {
            self.logger.debug("\(self.failure) while the database is away", metadata: ["error": "\(error)"])
        } catch WorkspaceStoreError.workspaceDeleted {
            self.logger.debug("a workspace was deleted meanwhile: the others are next")
        } catch is CancellationError {
            return
        } catch {
            self.logger.warning("\(self.failure)", metadata: ["error": "\(String(reflecting: error))"])
        }
    }
}
