import Foundation
import LocalServers
import Logging
import NIOCore
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@testable import Portico

@Suite("Metrics of certificates")
struct CertificateMetricsTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let logger = Logger(label: "portico.test") { _ in SwiftLogNoOpLogHandler() }

    private static func end(_ days: Double) -> Date { Self.now.addingTimeInterval(days * 86_400) }

    private static func page(_ ends: CertificateEnds, at now: Date) throws -> PrometheusText {
        var text = MetricsText()
        GatewayMetrics.write(ends.latest, now: now, to: &text)
        return try PrometheusText(String(buffer: text.buffer))
    }

    @Test(
        "A certificate is counted from the day of each notice on, to the second",
        arguments: [
            (61, [], 0), (60.00002, [], 0), (60, [60], 0), (30.5, [60], 0), (30, [60, 30], 0), (14, [60, 30, 14], 0),
            (7, [60, 30, 14, 7], 0), (1, [60, 30, 14, 7, 1], 0), (0.0001, [60, 30, 14, 7, 1], 0), (0, [], 1),
            (-1, [], 1),
        ] as [(Double, [Int], Int)]
    )
    func thresholds(_ days: Double, _ within: [Int], _ expired: Int) throws {
        let ends = CertificateEnds()
        ends.note([Self.end(days)], readAt: Self.now)
        let page = try Self.page(ends, at: Self.now)
        for day in [60, 30, 14, 7, 1] {
            let count = page.value("portico_idp_certificates_expiring", ["within_days": "\(day)"])
            #expect(count == (within.contains(day) ? 1 : 0))
        }
        #expect(page.value("portico_idp_certificates_expired") == Double(expired))
        let left = page.value("portico_idp_certificate_days_left_min")
        #expect(expired == 1 ? left == nil : abs((left ?? -1) - days) < 1e-6)
    }

    @Test("Before the first reading nothing is told")
    func unread() throws {
        #expect(try Self.page(CertificateEnds(), at: Self.now).families.allSatisfy { $0.samples.isEmpty })
    }

    @Test("The certificates of all workspaces are read from PostgreSQL, and time passes until they are read again")
    func reading() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let operators = try Self.pool(database, role: StorageRole.operator)
        let service = try Self.pool(database, role: StorageRole.service)
        try await Self.addWorkspace("company-a", ends: [20, 100], to: operators)
        try await Self.addWorkspace("company-b", ends: [-3, 0.5], to: operators)

        let ends = CertificateEnds()
        try await CertificateNoticeService(pool: service, ends: ends, logger: Self.logger).look(now: Self.now)
        let page = try Self.page(ends, at: Self.now)
        #expect(page.value("portico_idp_certificates") == 4)
        #expect(
            page.counts("portico_idp_certificates_expiring")
                == [["60"]: 2, ["30"]: 2, ["14"]: 1, ["7"]: 1, ["1"]: 1]
        )
        #expect(page.value("portico_idp_certificates_expired") == 1)
        #expect(page.value("portico_idp_certificate_days_left_min") == 0.5)
        #expect(page.value("portico_idp_certificates_read_timestamp_seconds") == 1_800_000_000)

        let later = try Self.page(ends, at: Self.end(10))
        #expect(
            later.counts("portico_idp_certificates_expiring") == [["60"]: 1, ["30"]: 1, ["14"]: 1]
        )
        #expect(later.value("portico_idp_certificates_expired") == 2)
        #expect(later.value("portico_idp_certificate_days_left_min") == 10)
        #expect(later.value("portico_idp_certificates_read_timestamp_seconds") == 1_800_000_000)

        // What was read last goes on while the database is away.
        await service.shutDown()
        await #expect(throws: PostgreSQLError.self) {
            try await CertificateNoticeService(pool: service, ends: ends, logger: Self.logger).look(now: Self.end(1))
        }
        #expect(ends.latest?.readAt == Self.now)
        await operators.shutDown()
    }

    private static func pool(_ database: TestDatabase, role: String) throws -> ConnectionPool {
        ConnectionPool(
            configuration: try PostgreSQLConfiguration(
                uri: database.uri,
                sessionRole: role,
                poolSize: 1,
                acquireTimeout: .seconds(60),
                connectTimeout: .seconds(60)
            ),
            logger: Self.logger
        )
    }

    /// Makes a workspace with SAML switched on and certificates that end after so many days.
    private static func addWorkspace(_ company: String, ends: [Double], to pool: ConnectionPool) async throws {
        let store = WorkspaceStore(pool: pool)
        let creation = try WorkspaceDraft(companyID: company)
            .create(
                id: .random(),
                defaultSPIssuer: try #require(EntityID("portico")),
                catalogue: .standard,
                actor: .operator,
                now: Self.now
            )
        try await store.create(creation, catalogue: .standard)
        let scope = WorkspaceScope(creation.workspace.id)
        try await store.claimDomain(scope, actor: .operator, now: Self.now) {
            try $0.claimDomain("\(company).example", proof: .operatorOverride)
        }
        let certificates = ends.enumerated()
            .map { index, days in
                PinnedCertificate(der: [UInt8(index)], sha256Fingerprint: "AB:0\(index)", notAfter: Self.end(days))
            }
        try await store.administer(scope, actor: .operator, now: Self.now) {
            try $0.configureSAML(
                SAMLConfigurationChange(
                    signInURL: "https://idp.example/sso",
                    issuer: "https://idp.example/metadata",
                    certificates: certificates
                ),
                loopbackHTTP: .refused
            )
        }
        try await store.administer(scope, actor: .operator, now: Self.now) { try $0.enableSAML() }
    }
}
