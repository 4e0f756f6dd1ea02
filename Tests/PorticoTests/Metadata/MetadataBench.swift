import Fetching
import Foundation
import Logging
import NIOSSL
import PostgreSQL
import Storage
import Testing
import Workspaces
import XMLSecurity

@testable import Portico

/// A workspace whose metadata came from a web server of the test.
struct MetadataBench {
    let commands: CommandBench
    let server: MetadataServer
    let pool: ConnectionPool

    /// Runs a test with the metadata imported from the server, and stops everything afterwards.
    static func with(
        _ certificates: [SigningCertificate],
        mode: MetadataRefreshMode = .pinned,
        _ body: (MetadataBench) async throws -> Void
    ) async throws {
        let server = try await MetadataServer.start(MetadataText.document(certificates))
        let commands = try await CommandBench().changed("SSL_CERT_FILE", to: MetadataServer.authority)
            .changed("PORTICO_FETCH_ALLOW", to: "127.0.0.0/8")
        let pool = ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: commands.uri,
                sessionRole: StorageRole.service,
                poolSize: 2,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Self.logger
        )
        let bench = MetadataBench(commands: commands, server: server, pool: pool)
        let result: Result<Void, any Error>
        do {
            _ = try await commands.json("workspace", "create", "company-a", "--name", "Company A")
            _ = try await commands.json(
                "saml",
                "configure",
                "company-a",
                "--metadata",
                server.url,
                "--metadata-refresh",
                mode.rawValue
            )
            result = .success(try await body(bench))
        } catch {
            result = .failure(error)
        }
        await pool.shutDown()
        try? await server.stop()
        try result.get()
    }

    /// A logger that says nothing.
    static let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    /// A refresher as `serve` has it, whose time does not run out on a busy machine.
    func refresher(reaching isAllowed: Bool = true) throws -> MetadataRefresher {
        var policy = FetchPolicy(isAllowedAddress: { isAllowed && $0 == "127.0.0.1" })
        policy.timeout = .seconds(600)
        return MetadataRefresher(
            fetcher: Fetcher(policy: policy, trustRoots: .file(MetadataServer.authority)),
            pool: self.pool,
            loopbackHTTP: .refused
        )
    }

    /// Refreshes the metadata of the workspace as `serve` does.
    @discardableResult
    func refresh() async throws -> MetadataRefreshOutcome? {
        try await self.refresher().refresh(try await self.scope(), actor: .system).outcome
    }

    func scope() async throws -> WorkspaceScope {
        WorkspaceScope(try await self.configured().workspace.id)
    }

    func configured() async throws -> ConfiguredWorkspace {
        let companyID = try #require(CompanyID("company-a"))
        let found = try await WorkspaceDirectory(pool: self.pool).configuredWorkspace(companyID: companyID)
        return try #require(found)
    }

    /// The fingerprints of the certificates that count.
    func pinned() async throws -> [String] {
        try await self.configured().identityProvider?.certificates.map(\.sha256Fingerprint) ?? []
    }

    func state() async throws -> MetadataRefreshState {
        try await MetadataRefreshStore(pool: self.pool).state(try await self.scope())
    }
}
