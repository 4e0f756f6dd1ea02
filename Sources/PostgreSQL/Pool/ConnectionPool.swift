import Dispatch
package import Logging
import Synchronization

/// A bounded set of connections, lent to one task at a time in the order of asking.
///
/// A connection that broke, was cancelled, or grew old is replaced. A parked one is asked before it is lent whether the
/// server has hung up, so a restarted server costs no request. While the database is away, requests fail at once.
package final class ConnectionPool: Sendable {
    private let configuration: PostgreSQLConfiguration
    private let logger: Logger
    private let state: Mutex<State>

    /// A connection with the time of its opening.
    private struct PooledConnection: Sendable {
        let connection: Connection
        let openedAt: ContinuousClock.Instant
    }

    /// A connection that the state machine chose, with the time since when it was parked, if it was.
    private struct Candidate: Sendable {
        let item: PooledConnection
        let idleSince: ContinuousClock.Instant?
    }

    private typealias Waiter = CheckedContinuation<Result<Candidate, PostgreSQLError>, Never>

    private struct State {
        var machine: PoolStateMachine<PooledConnection>
        var waiters: [UInt64: Waiter] = [:]
        var nextWaiter: UInt64 = 0
    }

    /// How long a connection may be parked before it is checked on lending.
    private static let checkedAfter = Duration.milliseconds(20)

    /// Makes a pool; connections are opened when they are first needed.
    package init(configuration: PostgreSQLConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        self.state = Mutex(
            State(
                machine: PoolStateMachine(
                    capacity: configuration.poolSize,
                    maximumWaiters: configuration.maximumWaiters
                )
            )
        )
    }

    /// The connections at this moment; nothing is asked of the server.
    package var counts: PoolCounts { self.state.withLock { $0.machine.counts } }

    /// Lends a connection for the time of `body`.
    ///
    /// - Throws: ``PostgreSQLError`` if there is none to be had, and what `body` throws.
    @discardableResult
    package func withConnection<Success: Sendable>(
        _ body: (Connection) async throws -> Success
    ) async throws -> Success {
        let lease = try await self.acquire().get()
        do {
            let success = try await body(lease.connection)
            await self.release(lease)
            return success
        } catch {
            await self.release(lease)
            throw error
        }
    }

    /// Runs one statement on any connection, outside a transaction.
    ///
    /// - Throws: ``PostgreSQLError``.
    @discardableResult
    package func query(_ sql: SQL) async throws -> QueryResult {
        try await self.withConnection { connection in
            try await connection.query(sql)
        }
    }

    /// Closes the parked connections, fails the tasks that wait, and closes lent connections when they come back.
    package func shutDown() async {
        let (items, waiters) = self.state.withLock { state in
            let end = state.machine.shutDown()
            return (end.items, end.waiters.compactMap { state.waiters.removeValue(forKey: $0) })
        }
        for waiter in waiters {
            waiter.resume(returning: .failure(.poolClosed))
        }
        for item in items {
            await item.connection.close()
        }
    }

    // MARK: - Lending

    private func acquire() async -> Result<PooledConnection, PostgreSQLError> {
        while true {
            let candidate: Candidate
            switch await self.nextCandidate() {
            case .success(let next): candidate = next
            case .failure(let error): return .failure(error)
            }
            let isStale = candidate.idleSince.map { $0.duration(to: .now) > Self.checkedAfter } ?? false
            guard isStale, !candidate.item.connection.isReusable else {
                return .success(candidate.item)
            }
            await self.finish(candidate.item, isUsable: false)
        }
    }

    private func nextCandidate() async -> Result<Candidate, PostgreSQLError> {
        let id = self.state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.enqueue(id, continuation)
            }
        } onCancel: {
            self.giveUp(id, with: .cancelled)
        }
    }

    private func enqueue(_ id: UInt64, _ continuation: Waiter) {
        // The cancellation handler may have run already. It finds the waiter only once this lock is released, so
        // asking inside the lock leaves no gap.
        let action = self.state.withLock { state -> PoolStateMachine<PooledConnection>.AcquireAction in
            if Task.isCancelled {
                return .fail(.cancelled)
            }
            let action = state.machine.acquire(id, now: .now)
            if case .wait = action {
                state.waiters[id] = continuation
            }
            return action
        }
        switch action {
        case .lease(let item, let idleSince):
            continuation.resume(returning: .success(Candidate(item: item, idleSince: idleSince)))
        case .fail(let error):
            continuation.resume(returning: .failure(error))
        case .wait(let opening):
            if opening {
                self.openConnection()
            }
            let timeout = DispatchTimeInterval.milliseconds(
                Int(clamping: self.configuration.acquireTimeout.wholeMilliseconds)
            )
            DispatchQueue.global()
                .asyncAfter(deadline: .now() + timeout) { [weak self] in
                    self?.giveUp(id, with: .acquireTimedOut)
                }
        }
    }

    private func giveUp(_ id: UInt64, with error: PostgreSQLError) {
        let waiter = self.state.withLock { state in
            state.machine.abandon(id) ? state.waiters.removeValue(forKey: id) : nil
        }
        waiter?.resume(returning: .failure(error))
    }

    private func release(_ item: PooledConnection) async {
        let isYoung = item.openedAt.duration(to: .now) < self.configuration.maximumConnectionAge
        let isUsable = item.connection.isReusable && isYoung
        await self.finish(item, isUsable: isUsable)
    }

    private func finish(_ item: PooledConnection, isUsable: Bool) async {
        if !isUsable {
            await item.connection.close()
        }
        self.handOver { machine in
            machine.release(item, isUsable: isUsable, now: .now)
        }
    }

    // MARK: - Opening

    /// Opens a connection in a task of its own.
    ///
    /// This is the pool's one unstructured task. It must not be a child of the task that asked: that one may be
    /// cancelled or time out, while the connection goes to whoever waits longest.
    private func openConnection() {
        Task {
            do throws(PostgreSQLError) {
                let connection = try await Connection.open(self.configuration)
                let item = PooledConnection(connection: connection, openedAt: .now)
                self.handOver { $0.opened(item, now: .now) }
            } catch {
                self.logger.debug(
                    "database connection failed",
                    metadata: ["error": "\(error.debugDescription)"]
                )
                self.handOver { $0.openingFailed(error, now: .now) }
            }
        }
    }

    /// Tells the state machine about a connection and does what it answers.
    private func handOver(
        _ event: @Sendable (inout PoolStateMachine<PooledConnection>) -> PoolStateMachine<PooledConnection>.HandOver
    ) {
        let (action, waiters) = self.state.withLock { state in
            let action = event(&state.machine)
            let ids: [UInt64] =
                switch action {
                case .lease(_, let waiter): [waiter]
                case .parked: []
                case .discard(_, _, let failing, _): failing
                }
            return (action, ids.compactMap { state.waiters.removeValue(forKey: $0) })
        }
        switch action {
        case .lease(let item, _):
            for waiter in waiters {
                waiter.resume(returning: .success(Candidate(item: item, idleSince: nil)))
            }
        case .parked:
            break
        case .discard(_, let opening, _, let error):
            // A connection that nothing refers to any more closes itself.
            if opening {
                self.openConnection()
            }
            for waiter in waiters {
                waiter.resume(returning: .failure(error))
            }
        }
    }
}
