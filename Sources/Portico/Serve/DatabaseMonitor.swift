import Logging
import PostgreSQL
import ServiceLifecycle
import Storage
import Synchronization
import WebSSO

/// Watches over the database: tells in the log when it goes and comes, and answers for `/ready`.
///
/// It has a connection of its own, so that a busy pool does not look like a database that is away.
struct DatabaseMonitor: Service {
    /// How long changes of sessions may go unheard before the node stops asking for traffic.
    ///
    /// Until then sessions are read again every few seconds, so nothing is wrong yet.
    private static let deafnessLimit = Duration.seconds(15)

    private let pool: ConnectionPool
    private let endpoint: String
    private let migrator: Migrator?
    private let listening: ListeningState
    private let stopping: StoppingState
    private let keys: SPKeyDirectory
    private let identityKeys: IdentityKeyDirectory
    private let state: DatabaseState
    private let logger: Logger
    private let interval: Duration

    /// Watches the database of `configuration`; `migrator` is nil where no migrations were found beside the program.
    init(
        configuration: PostgreSQLConfiguration,
        migrator: Migrator?,
        listening: ListeningState,
        stopping: StoppingState,
        keys: SPKeyDirectory,
        identityKeys: IdentityKeyDirectory,
        interval: Duration = .seconds(2),
        logger: Logger
    ) {
        var own = configuration
        own.poolSize = 1
        own.acquireTimeout = .seconds(2)
        own.statementTimeout = .seconds(2)
        self.pool = ConnectionPool(configuration: own, logger: logger)
        self.endpoint = configuration.endpoint
        self.migrator = migrator
        self.listening = listening
        self.stopping = stopping
        self.keys = keys
        self.identityKeys = identityKeys
        self.state = DatabaseState()
        self.interval = interval
        self.logger = logger
    }

    /// Looks at the database now and then, so that the log tells of an outage that nobody asked about.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                _ = await self.database()
                _ = await self.migrations()
                // From one look to the next; a stop cuts it short.
                try? await Task.sleep(for: self.interval)
            }
        }
        await self.pool.shutDown()
    }

    /// Whether the database answers, as of the last look; nothing is asked now.
    var presence: DatabaseState.Presence { self.state.presence }

    /// The answer to `/ready`, as of this moment.
    func report() async -> ReadinessReport {
        let database = await self.database()
        return ReadinessReport(
            running: self.stopping.isStopping ? .fails("told to stop: send requests to another node") : .holds,
            database: database,
            migrations: database == .holds
                ? await self.migrations() : .degraded("not known while the database is away"),
            sessionChanges: self.sessionChanges(),
            samlKeys: self.keys.current == nil ? .fails("not read yet") : .holds,
            identityKeys: self.identityKeys.current == nil ? .fails("not read yet") : .holds
        )
    }

    // MARK: - Conditions

    private func database() async -> ReadinessReport.Condition {
        do {
            _ = try await self.pool.query("SELECT 1")
        } catch {
            if Task.isCancelled { return .degraded("stopping") }
            if self.state.note(.away) {
                self.logger.error(
                    "database does not answer, trying again until it does",
                    metadata: [
                        "database": "\(self.endpoint)", "error": "\(String(reflecting: error))",
                        "remedy": "\(Self.remedy(for: error))",
                    ]
                )
            }
            return .fails("\(self.endpoint) does not answer: \(error)")
        }
        if self.state.note(.answers) {
            self.logger.info("database answers", metadata: ["database": "\(self.endpoint)"])
        }
        return .holds
    }

    /// Once the schema was found complete it stays so until the database was away.
    private func migrations() async -> ReadinessReport.Condition {
        guard let migrator = self.migrator else { return .degraded("not known: no Migrations folder was found") }
        switch self.state.schema {
        case .complete: return .holds
        case .unknown, .incomplete: break
        }
        do {
            let pending = try await migrator.status().filter { $0.appliedAt == nil }
            guard let first = pending.first else {
                self.state.note(schema: .complete)
                return .holds
            }
            if self.state.note(schema: .incomplete) {
                self.logger.error(
                    "database lacks migrations, run `portico migrate`",
                    metadata: ["pending": "\(pending.count)", "first": "\(first.fileName)"]
                )
            }
            return .fails("\(pending.count) pending, from \(first.fileName): run `portico migrate`")
        } catch let error as MigrationError {
            return .fails(error.description)
        } catch {
            return .degraded("not known: \(error)")
        }
    }

    private func sessionChanges() -> ReadinessReport.Condition {
        guard let deafFor = self.listening.deafFor else { return .holds }
        let text = "not heard for \(deafFor.components.seconds) s; sessions are read again every few seconds"
        return deafFor > Self.deafnessLimit ? .fails(text) : .degraded(text)
    }

    private static func remedy(for error: any Error) -> String {
        // 22023 is what SET ROLE answers for a role that does not exist.
        guard (error as? PostgreSQLError)?.sqlState?.rawValue == "22023" else {
            return "check PORTICO_DATABASE_URL and that PostgreSQL runs"
        }
        return "run `portico migrate`, which makes the role \(StorageRole.service)"
    }
}

extension DatabaseMonitor: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "database monitor" }
}
