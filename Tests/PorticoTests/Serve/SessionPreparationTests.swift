import Foundation
import LocalServers
import Logging
import PostgreSQL
import ReverseProxy
import ServiceLifecycle
import Storage
import Testing
import Workspaces

@testable import Portico

@Suite("Sessions before the first request")
struct SessionPreparationTests {
    private let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    /// The parts of a node that a preparation concerns.
    private struct Node {
        let pools: GatewayPools
        let sessions: SessionDirectory
        let listening = ListeningState()

        init(_ uri: String, logger: Logger) throws {
            let configuration = try PostgreSQLConfiguration(
                uri: uri,
                sessionRole: StorageRole.service,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            )
            let pools = GatewayPools(configuration, logger: logger)
            let store = SessionStore(pool: pools.sessions)
            self.pools = pools
            self.sessions = SessionDirectory(
                settings: SessionDirectory.Settings(loadTimeout: .seconds(300)),
                tokens: IdentityTokenSource { _, _, _ in nil },
                load: { try await store.sessions($0) },
                recordActivity: { _ in }
            )
        }

        func preparation(limit: Duration, logger: Logger) -> SessionPreparation {
            SessionPreparation(
                pools: self.pools,
                sessions: self.sessions,
                listening: self.listening,
                limit: limit,
                logger: logger
            )
        }
    }

    @Test("A session of before a restart is in memory at its first request, and ends when it is revoked")
    func restart() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let headers = ["Cookie: __Host-portico_session=\(token.cookieValue)"]
        // The node makes its keys: one that has none yet reads no sessions.
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { _ in }
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { node in
            let readings = "portico_session_loads_total{outcome=\"found\"} 1\n"
            #expect(try await HTTPExchange.get("/metrics", at: node.operations).body.contains(readings))
            #expect(try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 200)
            #expect(try await HTTPExchange.get("/metrics", at: node.operations).body.contains(readings))
            try await database.revokeSessions(of: "company-a")
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 401
            }
        }
        try await upstream.stop()
    }

    @Test("Every connection is opened before changes are heard, and sessions are read afterwards")
    func order() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let node = try Node(database.uri, logger: self.logger)
        let preparation = node.preparation(limit: .seconds(300), logger: self.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await preparation.run() }
            try await GatewayRun.eventually { node.pools.sessions.counts.idle == GatewayPools.sessionConnections }
            #expect(node.sessions.count == 0)
            node.sessions.listeningBegan()
            #expect(node.listening.began())
            try await group.waitForAll()
        }
        #expect(node.sessions.count == 1)
        #expect(try await node.sessions.session(for: token.hash)?.companyID.value == "company-a")
        #expect(node.sessions.loadCounts()[.found] == 1)
        await node.pools.shutDown()
    }

    @Test("A node that hears no changes reads sessions all the same, after a while")
    func deaf() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        _ = try await database.signIn("company-a", email: "ann@company-a.example")
        let node = try Node(database.uri, logger: self.logger)
        await node.preparation(limit: .seconds(1), logger: self.logger).run()
        #expect(node.sessions.count == 1)
        await node.pools.shutDown()
    }

    @Test("A database that is away is not waited for")
    func away() async throws {
        let node = try Node("postgresql://portico@127.0.0.1:9/portico", logger: self.logger)
        let began = ContinuousClock.now
        await node.preparation(limit: .seconds(300), logger: self.logger).run()
        #expect(began.duration(to: .now) < .seconds(60))
        #expect(node.sessions.count == 0)
        await node.pools.shutDown()
    }

    @Test("A stop ends what a service waits for before it begins")
    func stop() async throws {
        struct Idle: Service {
            func run() async throws { try await gracefulShutdown() }
        }
        let (began, continuation) = AsyncStream<Void>.makeStream()
        let service = PreparedService(Idle()) {
            continuation.yield()
            try? await Task.sleep(for: .seconds(3_600))
        }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [service], logger: self.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            _ = await began.first { _ in true }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
