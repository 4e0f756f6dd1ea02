import Foundation
import Logging
import PostgreSQL
import Storage
import Workspaces

/// What the doctor says of the workspaces: certificates that end, SAML that nobody can use.
struct CertificateExamination: Sendable {
    let settings: Settings
    let now: Date

    /// How long before its end a certificate is told of.
    private static let notice: TimeInterval = 60 * 86_400

    /// Looks at every workspace.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try PostgreSQLConfiguration(
            uri: self.settings.database.ownerURL.reveal(),
            sessionRole: StorageRole.operator,
            applicationName: "portico doctor",
            poolSize: 1
        )
        let logger = PorticoLogging.logger(label: "portico.doctor", settings: LogSettings(level: .critical))
        let pool = ConnectionPool(configuration: configuration, logger: logger)
        let summaries: Result<[WorkspaceSummary], any Error>
        do {
            summaries = .success(try await OperatorDirectory(pool: pool).workspaces())
        } catch {
            summaries = .failure(error)
        }
        await pool.shutDown()
        let findings = try summaries.get().compactMap(self.finding)
        guard findings.isEmpty else { return findings }
        return [.ok("workspaces", "\(try summaries.get().count), no certificate ends within 60 days")]
    }

    private func finding(_ summary: WorkspaceSummary) -> DoctorFinding? {
        let name = summary.workspace.companyID.value
        guard summary.samlEnabled == true else { return nil }
        guard summary.domains > 0 else {
            return .warning(
                "workspace \(name)",
                "SAML is enabled and no domain is claimed, so everybody is refused",
                remedy: "run `portico domain claim \(name) DOMAIN --operator-override`"
            )
        }
        guard let end = summary.firstCertificateEnd, end.timeIntervalSince(self.now) < Self.notice else { return nil }
        let days = Int((end.timeIntervalSince(self.now) / 86_400).rounded(.down))
        let remedy =
            "ask the identity provider's administrator for the next certificate and add it with `portico saml configure"
            + " \(name) --certificate FILE`"
        return .warning(
            "workspace \(name)",
            days < 0
                ? "a certificate ended \(-days) days ago; its key is still accepted"
                : "a certificate ends in \(days) days",
            remedy: remedy
        )
    }
}
