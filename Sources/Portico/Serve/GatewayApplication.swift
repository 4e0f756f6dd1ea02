import FoundationEssentials
import GatewayHTTP
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import PostgreSQL
import ReverseProxy
import ServiceLifecycle
import Storage
import Tracing
import WebSSO

/// The whole gateway as one service: its parts put together from the settings, run, and stopped in order.
///
///     gateway listener ── FrontHandler ──┬── upstreams          sessions in memory
///                                        └── control plane      │ loads, LISTEN
///     operations listener ── /ping, /ready, /metrics            PostgreSQL
///
/// It starts without the database: then sign-in answers 503, `/ready` says why, and the log tells when it comes.
struct GatewayApplication: Service {
    private let settings: Settings
    private let logger: Logger
    private let reloading: Reloading?
    private let tracer: (any Tracer)?
    private let onListening: @Sendable (GatewayAddresses) async -> Void
    private let startedAt = Date()

    /// How long a mail that is under way may take, which a stop waits for too.
    private static let longestMail = Duration.seconds(20)

    /// Makes a gateway that nothing runs yet.
    ///
    /// - Parameters:
    ///   - settings: The checked configuration.
    ///   - logger: Where the gateway's life is told.
    ///   - reloading: What SIGHUP has read again; nil where the signal is not the gateway's.
    ///   - tracer: What takes the spans of requests; nil where they have none.
    ///   - onListening: Called once both listeners are bound, with their addresses.
    init(
        settings: Settings,
        logger: Logger,
        reloading: Reloading? = nil,
        tracer: (any Tracer)? = nil,
        onListening: @escaping @Sendable (GatewayAddresses) async -> Void = { _ in }
    ) {
        self.settings = settings
        self.logger = logger
        self.reloading = reloading
        self.tracer = tracer
        self.onListening = onListening
    }

    /// Runs until graceful shutdown.
    ///
    /// - Throws: ``CommandRefusal`` with the line for the operator when an address cannot be listened on, or the secret
    ///   key is not the one under which the stored keys are encrypted.
    func run() async throws {
        let database = try PostgreSQLConfiguration(
            uri: self.settings.database.url.reveal(),
            sessionRole: StorageRole.service
        )
        let group = MultiThreadedEventLoopGroup(numberOfThreads: self.settings.listener.workers)
        let pools = GatewayPools(database, logger: self.logger)
        do {
            try await self.serve(database: database, pools: pools, on: group)
        } catch {
            // The event loops stay: a listener that was being bound meanwhile may still need its own to give up. The
            // program ends with this error.
            await pools.shutDown()
            throw error
        }
        await pools.shutDown()
        try await group.shutdownGracefully()
    }

    // MARK: - Private

    private func serve(
        database: PostgreSQLConfiguration,
        pools: GatewayPools,
        on group: MultiThreadedEventLoopGroup
    ) async throws {
        let keys = SPKeyDirectory(
            store: SPKeyStore(pool: pools.controlPlane),
            secrets: self.settings.secretKeys
        )
        let identityKeys = IdentityKeyDirectory(
            store: IdentityKeyStore(pool: pools.controlPlane),
            secrets: self.settings.secretKeys
        )
        let sessions = self.settings.sessionDirectory(over: pools.sessions, signingWith: identityKeys)
        let keyService = KeyService(keys, logger: self.logger)
        let identityKeyService = KeyService(identityKeys, of: sessions, logger: self.logger)
        try await keyService.prepare()
        try await identityKeyService.prepare()
        let listening = ListeningState()
        let stopping = StoppingState()
        let monitor = DatabaseMonitor(
            configuration: database,
            migrator: try? Migrator.beside(database),
            listening: listening,
            stopping: stopping,
            keys: keys,
            identityKeys: identityKeys,
            logger: self.logger
        )
        let plane = try ControlPlane(
            settings: self.settings,
            pool: pools.controlPlane,
            sessions: sessions,
            keys: keys,
            identityKeys: identityKeys
        )
        let accessLog = AccessLog(format: self.settings.log.access)
        let proxy = try ReverseProxy(
            configuration: plane.proxyConfiguration(
                recordAccess: accessLog.recorder,
                tracer: self.tracer
            ),
            sessions: sessions,
            renderErrorPage: plane.proxyErrorPage,
            logger: self.logger
        )
        let certificates = CertificateEnds()
        let auditChains = AuditChainCounts()
        let tls = self.settings.listener.tls.map { ServerCertificate($0) }
        let operations = OperationsListener(
            monitor: monitor,
            metrics: GatewayMetrics(
                proxy: proxy,
                sessions: sessions,
                listening: listening,
                monitor: monitor,
                pools: pools,
                endpoints: plane.endpoints,
                signIns: plane.signIns,
                accessLog: accessLog,
                certificates: certificates,
                auditChains: auditChains,
                keys: keys,
                tls: tls,
                startedAt: self.startedAt
            )
        )
        let bound = BoundAddresses(announce: self.announce)
        let controlPlane = ControlPlaneConnections()
        let server = HTTPServerBuilder { responder in
            GatewayChannel(
                http1: HTTP1Channel(responder: responder),
                controlPlane: controlPlane,
                proxy: proxy,
                tls: tls
            )
        }
        // What takes its time to stop, all at once: requests, and a mail that is under way.
        var lasting: [any Service] = [
            self.gatewayListener(plane: plane, server: server, bound: bound, on: group),
            proxy,
        ]
        lasting += plane.mailServices(pool: pools.controlPlane, logger: self.logger) as [any Service]
        // It has no elements: it ends when the node is prepared.
        let (prepared, preparing) = AsyncStream<Void>.makeStream()
        let listeners = PreparedService(ConcurrentServices(lasting)) {
            defer { preparing.finish() }
            await Rehearsal(group: group, logger: self.logger).run()
            // A node without its keys serves nobody yet, and a database that is away would only be waited for.
            guard identityKeys.current != nil else { return }
            await SessionPreparation(pools: pools, sessions: sessions, listening: listening, logger: self.logger)
                .run()
        }
        let operationsListener = PreparedService(self.operationsListener(operations, bound: bound, on: group)) {
            for await _ in prepared {}
        }
        // Stopped from the end: first no more requests, then what requests need, and at last what tells of it all.
        var services: [any Service] = [
            monitor,
            operationsListener,
            SessionChangeListener(
                configuration: database,
                sessions: sessions,
                state: listening,
                logger: self.logger
            ),
            RetentionService(
                pool: pools.controlPlane,
                auditRetention: self.settings.auditRetention,
                secrets: self.settings.secretKeys,
                logger: self.logger
            ),
            ResealingService(pool: pools.controlPlane, secrets: self.settings.secretKeys, logger: self.logger),
            AuditChainService(
                pool: pools.controlPlane,
                secrets: self.settings.secretKeys,
                counts: auditChains,
                logger: self.logger
            ),
            AuditVerificationService(
                pool: pools.controlPlane,
                secrets: self.settings.secretKeys,
                logger: self.logger
            ),
            keyService,
            identityKeyService,
            CertificateReloadService(certificate: tls, logger: self.logger),
            CertificateNoticeService(pool: pools.controlPlane, ends: certificates, logger: self.logger),
            MetadataRefreshService(
                refresher: MetadataRefresher(
                    fetcher: self.settings.fetches.fetcher,
                    pool: pools.controlPlane,
                    loopbackHTTP: plane.loopbackHTTP
                ),
                logger: self.logger
            ),
            DomainCheckService(
                checker: DomainChecker(
                    resolver: self.settings.fetches.resolver,
                    store: DomainClaimStore(pool: pools.controlPlane)
                ),
                logger: self.logger
            ),
            accessLog,
            sessions,
            controlPlane,
            listeners,
        ]
        if let reloading = self.reloading {
            let running = self.settings.fingerprint
            services.append(ReloadService(reloading, running: running, proxy: proxy, logger: self.logger))
        }
        let delay = self.settings.listener.shutdownDelay
        services.append(ShutdownDelay(delay, state: stopping, logger: self.logger))
        var configuration = ServiceGroupConfiguration(services: services, logger: self.logger)
        let deadline = max(self.settings.listener.shutdownDeadline, Self.longestMail)
        configuration.maximumGracefulShutdownDuration = delay + deadline + .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    private func operationsListener(
        _ operations: OperationsListener,
        bound: BoundAddresses,
        on group: MultiThreadedEventLoopGroup
    ) -> Listener {
        let address = self.settings.listener.opsListen
        let application = Application(
            router: operations.router(),
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in await bound.note(operations: ListenAddress(bound: channel, like: address)) },
            eventLoopGroupProvider: .shared(group),
            logger: self.quietLogger
        )
        return Listener(application: application, address: address, setting: .opsListen)
    }

    private func gatewayListener(
        plane: ControlPlane,
        server: HTTPServerBuilder,
        bound: BoundAddresses,
        on group: MultiThreadedEventLoopGroup
    ) -> Listener {
        let address = self.settings.listener.listen
        let application = Application(
            responder: plane.router().buildResponder(),
            server: server,
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in await bound.note(gateway: ListenAddress(bound: channel, like: address)) },
            eventLoopGroupProvider: .shared(group),
            logger: self.quietLogger
        )
        return Listener(application: application, address: address, setting: .listen)
    }

    private func announce(_ addresses: GatewayAddresses) async {
        self.logger.info(
            "listening",
            metadata: [
                "gateway": "\(addresses.gateway)", "operations": "\(addresses.operations)",
                "public_url": "\(self.settings.listener.publicURL)",
            ]
        )
        for warning in self.settings.warnings {
            self.logger.warning("configuration is probably not meant so", metadata: ["warning": "\(warning)"])
        }
        await self.onListening(addresses)
    }

    /// Hummingbird tells of its own start at `info`, which `announce` has told already.
    private var quietLogger: Logger {
        var logger = self.logger
        if logger.logLevel == .info { logger.logLevel = .notice }
        return logger
    }
}

extension GatewayApplication: CustomStringConvertible {
    /// What `ServiceGroup` calls the service in its log.
    var description: String { "gateway" }
}
