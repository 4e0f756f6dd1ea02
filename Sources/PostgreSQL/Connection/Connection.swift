import CLibPQ
import Synchronization

/// One connection to PostgreSQL.
///
/// Its statements run one after another on a thread that belongs to the connection. Each distinct text is prepared
/// once and kept; a statement that is new to the connection is prepared and run in one round trip.
package actor Connection {
    private let executor: ConnectionExecutor
    private let configuration: PostgreSQLConfiguration
    var handle: PGConnectionHandle?
    private let canceller = Mutex<QueryCanceller?>(nil)
    /// The prepared statements by their text, under the names that the server knows.
    var statements: [String: String] = [:]
    var statementNumber = 0
    private var isBroken = false
    /// The socket while the connection works and no transaction is open on it; -1 otherwise.
    private let idleSocket = Atomic<Int32>(-1)

    nonisolated package var unownedExecutor: UnownedSerialExecutor {
        unsafe self.executor.asUnownedSerialExecutor()
    }

    private init(configuration: PostgreSQLConfiguration) {
        self.executor = ConnectionExecutor(label: "portico.postgresql.connection")
        self.configuration = configuration
    }

    /// Opens a connection, takes the session role and sets the timeouts.
    ///
    /// - Throws: ``PostgreSQLError/unavailable(_:)``, or the server's refusal of the role.
    package static func open(_ configuration: PostgreSQLConfiguration) async throws(PostgreSQLError) -> Connection {
        let connection = Connection(configuration: configuration)
        try await connection.open()
        return connection
    }

    /// Runs one statement with its bound values.
    ///
    /// If the task is cancelled meanwhile, the server is asked to stop.
    ///
    /// - Throws: ``PostgreSQLError``; after a failure that is not the server's answer the connection is of no more use.
    @discardableResult
    nonisolated package func query(_ sql: SQL) async throws(PostgreSQLError) -> QueryResult {
        let results = try await self.pipeline([sql])
        guard let result = results.first else {
            throw .connectionLost("no result for a statement")
        }
        return result
    }

    /// Sends several statements at once and reads all their results: one round trip.
    ///
    /// If one fails, those behind it are not run, and outside a transaction those before it are undone.
    ///
    /// - Throws: ``PostgreSQLError``, the first failure.
    nonisolated package func pipeline(_ batch: [SQL]) async throws(PostgreSQLError) -> [QueryResult] {
        try await self.cancellable { connection throws(PostgreSQLError) in
            try connection.runPipeline(batch)
        }
    }

    /// Runs text of several statements that has no values, such as a migration, without a statement timeout of ours.
    ///
    /// - Throws: ``PostgreSQLError``, the first failure.
    nonisolated package func runScript(_ script: SQL, timeout: Duration) async throws(PostgreSQLError) {
        try await self.cancellable { connection throws(PostgreSQLError) in
            try connection.run(script: script, timeout: timeout)
        }
    }

    /// Whether the connection can be given to the next task: it works, no transaction is open, no cancel request is
    /// under way, and the server has said nothing unasked, which is how it takes its leave.
    ///
    /// For whoever has the connection to themselves: it is told without going to the connection's thread and back, which
    /// each statement would wait for.
    nonisolated package var isReusable: Bool {
        let socket = self.idleSocket.load(ordering: .acquiring)
        guard socket >= 0, self.canceller.withLock({ $0?.wasRequested }) == false else {
            return false
        }
        return !SocketReadiness.isReadable(socket)
    }

    /// Ends an open transaction; a failure shows in ``isReusable``.
    ///
    /// Runs even when the task is cancelled.
    func rollBack() {
        guard self.handle?.isIdle == false else {
            return
        }
        do throws(PostgreSQLError) {
            _ = try self.runPipeline(["ROLLBACK"])
        } catch {
            self.isBroken = true
        }
        self.noteWhetherIdle()
    }

    /// Closes the connection.
    package func close() {
        self.isBroken = true
        self.noteWhetherIdle()
        self.handle = nil
        self.canceller.withLock { $0 = nil }
    }

    /// The descriptor of the socket, and what has arrived on the listened channels.
    func receiveNotifications() throws(PostgreSQLError) -> (socket: Int32, notifications: [PostgreSQLNotification]) {
        guard self.handle != nil else {
            throw .connectionLost("the connection is closed")
        }
        try self.handle?.consumeInput()
        var notifications: [PostgreSQLNotification] = []
        while let notification = self.handle?.nextNotification() {
            notifications.append(notification)
        }
        return (self.handle?.socket ?? -1, notifications)
    }

    // MARK: - Opening

    private func open() throws(PostgreSQLError) {
        let handle = try PGConnectionHandle.connect(self.configuration)
        let canceller = try handle.makeCanceller()
        self.canceller.withLock { $0 = canceller }
        self.handle = consume handle
        let milliseconds = self.configuration.statementTimeout.wholeMilliseconds
        var settings: [SQL] = []
        if let role = self.configuration.sessionRole {
            settings.append("SET ROLE \(identifier: role)")
        }
        settings.append(
            """
            SELECT set_config('statement_timeout', \("\(milliseconds)"), false),
                set_config('idle_in_transaction_session_timeout', \("\(milliseconds * 3)"), false)
            """
        )
        for (name, value) in self.configuration.sessionSettings {
            settings.append("SELECT set_config(\(name), \(value), false)")
        }
        _ = try self.runPipeline(settings)
        self.noteWhetherIdle()
    }

    // MARK: - Running

    /// Runs work on the connection's thread, and asks the server to stop it if the task is cancelled.
    nonisolated private func cancellable<Success: Sendable>(
        _ body: @Sendable (isolated Connection) throws(PostgreSQLError) -> Success
    ) async throws(PostgreSQLError) -> Success {
        guard let canceller = self.canceller.withLock({ $0 }) else {
            throw .connectionLost("the connection is closed")
        }
        let result = await withTaskCancellationHandler {
            await self.attempt(body)
        } onCancel: {
            canceller.cancel()
        }
        return try result.get()
    }

    private func attempt<Success: Sendable>(
        _ body: @Sendable (isolated Connection) throws(PostgreSQLError) -> Success
    ) -> Result<Success, PostgreSQLError> {
        if Task.isCancelled {
            return .failure(.cancelled)
        }
        defer { self.noteWhetherIdle() }
        do throws(PostgreSQLError) {
            return .success(try body(self))
        } catch {
            return .failure(error)
        }
    }

    /// Tells ``isReusable`` what the last statement left behind.
    private func noteWhetherIdle() {
        let isIdle = !self.isBroken && self.handle?.isIdle == true
        self.idleSocket.store(isIdle ? self.handle?.socket ?? -1 : -1, ordering: .releasing)
    }

    private func runPipeline(_ batch: [SQL]) throws(PostgreSQLError) -> [QueryResult] {
        guard !self.isBroken else {
            throw .connectionLost("the connection broke earlier")
        }
        // The server stops a slow statement itself; the extra second lets its answer arrive.
        let deadline = ContinuousClock.now + self.configuration.statementTimeout + .seconds(1)
        do throws(PostgreSQLError) {
            return try self.sendAndReceive(batch, until: deadline)
        } catch {
            throw self.record(error)
        }
    }

    private func run(script: SQL, timeout: Duration) throws(PostgreSQLError) {
        guard !self.isBroken, self.handle != nil else {
            throw .connectionLost("the connection broke earlier")
        }
        let deadline = ContinuousClock.now + timeout
        do throws(PostgreSQLError) {
            try self.handle?.sendScript(script.text)
            try self.handle?.flush(until: deadline)
            var failure: PostgreSQLError?
            while let result = try self.handle?.nextResult(until: deadline) {
                if result.status == PGRES_FATAL_ERROR, failure == nil {
                    failure = (self.handle?.makeServerError(result)).map { .server($0) }
                }
            }
            if let failure {
                throw failure
            }
        } catch {
            throw self.record(error)
        }
    }

    /// Notes what a failure means for the connection, and names cancellation and timeouts by what caused them.
    private func record(_ error: PostgreSQLError) -> PostgreSQLError {
        guard case .server(let serverError) = error else {
            self.isBroken = true
            return error
        }
        if serverError.isStalePlan || serverError.sqlState == .invalidStatementName {
            // The next statements are prepared anew. The old ones stay on the server until the connection closes.
            self.statements = [:]
        }
        if serverError.sqlState.rawValue.hasPrefix("57P") {
            self.isBroken = true
        }
        if serverError.sqlState == .queryCanceled {
            return self.canceller.withLock { $0?.wasRequested } == true ? .cancelled : .statementTimedOut
        }
        return error
    }
}
