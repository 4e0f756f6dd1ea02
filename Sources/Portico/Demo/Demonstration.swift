import Foundation
import GatewayHTTP
import LocalServers
import Logging
import PostgreSQL
import SAML
import ServiceLifecycle
import Storage
import UnixSignals

// What runs, and who stops it:
//
//     portico demo ──┬── PostgreSQL          a child, unless PORTICO_DATABASE_URL names another
//                    ├── SimpleSAMLphp       a child
//                    ├── sample application  a service of this process
//                    └── gateway             a service of this process
//
// Children outlive the services, so that the gateway ends in order. If this process dies in another way, the children
// notice (see `ChildProcess`).

/// The demonstration: everything that a sign-in needs, on one machine.
struct Demonstration: Sendable {
    let plan: DemoPlan
    private let progress = DemoProgress()

    /// The database of the demonstration in its cluster.
    private static let database = "portico"

    /// Runs until it is told to stop.
    ///
    /// - Throws: ``CommandRefusal`` or `LocalServerError`, with the line for the person at the terminal.
    func run() async throws {
        try FileManager.default.createDirectory(at: self.plan.folder, withIntermediateDirectories: true)
        let lock = try DemoLock(folder: self.plan.folder)
        self.progress.write("Starting the demonstration of Portico\n")
        try await self.withDatabase { databaseURL, cluster in
            let settings = try self.plan.settings(
                databaseURL: databaseURL,
                secretKey: try DemoSecretKey.load(from: self.plan.folder)
            )
            let site = PublicSite(origin: settings.listener.publicURL.origin, prefix: settings.listener.prefix)
            try await self.withIdentityProvider(settings, site) { identityProvider in
                try await self.prepare(databaseURL: databaseURL, settings, site, identityProvider)
                try await self.serve(settings, databaseURL: databaseURL, cluster, identityProvider)
            }
        }
        self.progress.write("Stopped.\n")
        _ = consume lock
    }

    // MARK: - Parts

    /// Runs the closure while the database is there.
    private func withDatabase(_ body: (_ uri: String, _ cluster: PrivateCluster?) async throws -> Void) async throws {
        if let databaseURL = self.plan.databaseURL {
            self.progress.step("Using the database that PORTICO_DATABASE_URL names")
            try await body(databaseURL, nil)
            return
        }
        let folder = self.plan.folder.appending(path: "postgresql", directoryHint: .isDirectory)
        let isNew = !FileManager.default.fileExists(atPath: folder.path)
        self.progress.step(isNew ? "Making a PostgreSQL cluster in \(folder.relativePath)" : "Starting PostgreSQL")
        let cluster = try await PrivateCluster.start(in: folder)
        try await self.running(
            {
                try await self.createDatabase(in: cluster)
                try await body(cluster.uri(database: Self.database), cluster)
            },
            finally: {
                self.progress.step("Stopping PostgreSQL")
                await cluster.stop()
            }
        )
    }

    private func createDatabase(in cluster: PrivateCluster) async throws {
        try await self.withPool(cluster.uri(), role: nil) { pool in
            let found = try await pool.query("SELECT 1 FROM pg_database WHERE datname = \(Self.database)")
            if try found.optionalRow() == nil { try await pool.query("CREATE DATABASE portico") }
        }
    }

    /// Runs the closure with connections of its own that take the role.
    private func withPool(_ uri: String, role: String?, _ body: (ConnectionPool) async throws -> Void) async throws {
        let logger = PorticoLogging.logger(label: "portico.demo", settings: LogSettings(level: .warning))
        let configuration = try PostgreSQLConfiguration(uri: uri, sessionRole: role, poolSize: 1)
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        do {
            try await self.running({ try await body(pool) }, finally: { await pool.shutDown() })
        } catch {
            throw DatabaseRefusal.explain(error, endpoint: configuration.endpoint)
        }
    }

    /// Runs the closure while the identity provider is there.
    private func withIdentityProvider(
        _ settings: Settings,
        _ site: PublicSite,
        _ body: (SimpleSAMLphp) async throws -> Void
    ) async throws {
        self.progress.step("Starting the identity provider, SimpleSAMLphp")
        let own = DemoCast.companies.map { site.ownAssertionConsumerService(companyID: $0.companyID) }
        let identityProvider = try await SimpleSAMLphp.start(
            in: self.plan.folder.appending(path: "identity-provider", directoryHint: .isDirectory),
            port: self.plan.identityProvider.port,
            serviceProviders: [
                ServiceProviderEntry(
                    entityID: settings.saml.spIssuer.value,
                    assertionConsumerServices: [site.sharedAssertionConsumerService] + own
                )
            ],
            people: DemoCast.people,
            address: self.plan.identityProvider.host
        )
        try await self.running(
            { try await body(identityProvider) },
            finally: {
                self.progress.step("Stopping the identity provider")
                await identityProvider.stop()
            }
        )
    }

    /// Brings the schema up to date and makes the workspaces.
    private func prepare(
        databaseURL: String,
        _ settings: Settings,
        _ site: PublicSite,
        _ identityProvider: SimpleSAMLphp
    ) async throws {
        let applied = try await Migrator.beside(PostgreSQLConfiguration(uri: databaseURL)).migrate()
        if !applied.isEmpty { self.progress.step("Applied \(applied.count) migrations") }
        self.progress.step("Setting up the workspaces company-a and company-b")
        try await self.withPool(databaseURL, role: StorageRole.operator) { pool in
            try await DemoSeed(settings: settings, site: site, pool: pool).plant(identityProvider)
        }
    }

    /// Runs the gateway and the application until a signal, the parent's end, or a failure.
    private func serve(
        _ settings: Settings,
        databaseURL: String,
        _ cluster: PrivateCluster?,
        _ identityProvider: SimpleSAMLphp
    ) async throws {
        self.progress.step("Starting the gateway and the sample application")
        let logger = PorticoLogging.logger(label: "portico", settings: settings.log)
        let prefix = settings.listener.prefix
        let application = GreetingApplication(
            port: self.plan.applicationPort,
            signOutURL: "\(prefix)/sign-out",
            identityProviderSignOutURL: identityProvider.signOutURL(returningTo: self.plan.publicURL),
            logger: PorticoLogging.logger(label: "portico.demo.application", settings: LogSettings(level: .error))
        )
        let gateway = GatewayApplication(settings: settings, logger: logger) { addresses in
            self.announce(
                addresses,
                settingsPath: PublicSite(origin: settings.listener.publicURL.origin, prefix: prefix).settingsPath,
                databaseURL: databaseURL,
                cluster,
                identityProvider
            )
        }
        let services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: application),
            .init(service: gateway),
            .init(service: ParentWatch(), successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumCancellationDuration = .seconds(5)
        let group = ServiceGroup(configuration: configuration)
        try await self.running(
            { try await group.run() },
            finally: {
                for file in [DemoFile.location(in: self.plan.folder), DemoCommands.location(in: self.plan.folder)] {
                    try? FileManager.default.removeItem(at: file)
                }
            }
        )
    }

    /// Says that everything is ready, to the person and to programs.
    private func announce(
        _ addresses: GatewayAddresses,
        settingsPath: String,
        databaseURL: String,
        _ cluster: PrivateCluster?,
        _ identityProvider: SimpleSAMLphp
    ) {
        let file = DemoFile(
            publicURL: self.plan.publicURL,
            operationsURL: "http://\(addresses.operations)",
            applicationURL: "http://127.0.0.1:\(self.plan.applicationPort)",
            identityProviderURL: identityProvider.baseURL,
            peopleFile: identityProvider.peopleFile.path,
            databaseURL: databaseURL,
            clusterFolder: cluster?.folder.path,
            processID: ProcessInfo.processInfo.processIdentifier
        )
        let commands = DemoCommands(
            publicURL: self.plan.publicURL,
            databaseURL: databaseURL,
            secretKeyFile: DemoSecretKey.location(in: self.plan.folder).path,
            program: Bundle.main.executablePath ?? "portico"
        )
        do {
            try commands.write(in: self.plan.folder)
            try file.write(in: self.plan.folder)
        } catch {
            self.progress.step("files for programs could not be written to \(self.plan.folder.path): \(error)")
        }
        self.progress.write(
            DemoInstructions(
                publicURL: self.plan.publicURL,
                identityProviderURL: identityProvider.baseURL,
                peopleFile: identityProvider.peopleFile.relativePath,
                folder: self.plan.folder.relativePath,
                settingsPath: settingsPath
            )
            .text
        )
    }

    /// Runs the first closure and then, however it ended, the second.
    private func running(_ body: () async throws -> Void, finally: () async -> Void) async throws {
        let result: Result<Void, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await finally()
        try result.get()
    }
}
