import Foundation
import SAML
import Storage
import Workspaces

/// What the doctor says of the workspaces: certificates that end, metadata that waits, SAML that nobody can use.
struct CertificateExamination: Sendable {
    let settings: Settings
    let now: Date

    /// How long before its end a certificate is told of.
    private static let notice: TimeInterval = 60 * 86_400

    /// Looks at every workspace.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings, role: StorageRole.operator)
        let summaries = try await DoctorConnection.with(configuration) { pool in
            try await OperatorDirectory(pool: pool).workspaces()
        }
        let findings = summaries.flatMap(self.findings)
        guard findings.isEmpty else { return findings }
        return [.ok("workspaces", "\(summaries.count), no certificate ends within 60 days")]
    }

    private func findings(_ summary: WorkspaceSummary) -> [DoctorFinding] {
        let name = summary.workspace.companyID.value
        guard summary.samlEnabled == true else { return [] }
        guard summary.domains > 0 else {
            return [
                .warning(
                    "workspace \(name)",
                    "SAML is enabled and no domain is claimed, so everybody is refused",
                    remedy: "run `portico domain claim \(name) DOMAIN --operator-override`"
                )
            ]
        }
        return [self.certificates(summary, name), self.logout(summary, name)].compactMap { $0 }
            + self.metadata(summary, name)
    }

    /// A logout URL that is not used.
    private func logout(_ summary: WorkspaceSummary, _ name: String) -> DoctorFinding? {
        guard summary.logoutIsLocal else { return nil }
        return .warning(
            "workspace \(name)",
            "signing out ends sessions here alone: another workspace with the SP issuer \(summary.workspace.spIssuer.value)"
                + " trusts another identity provider, and Portico signs for both with one key",
            remedy: "give the workspace an SP issuer of its own, here (`saml.sp_issuer`) and at the identity provider"
        )
    }

    /// Certificates that end soon or have ended; their keys count as before (behavior Q21).
    private func certificates(_ summary: WorkspaceSummary, _ name: String) -> DoctorFinding? {
        let ending = summary.certificateEnds.filter { $0.timeIntervalSince(self.now) < Self.notice }
        guard let end = ending.first, let last = summary.certificateEnds.last else { return nil }
        let days = Int((end.timeIntervalSince(self.now) / 86_400).rounded(.down))
        let what =
            days < 0
            ? "a certificate ended \(-days) days ago; its key is still accepted" : "a certificate ends in \(days) days"
        guard ending.count == summary.certificateEnds.count else {
            return .warning(
                "workspace \(name)",
                "\(what); another one lasts until \(last.formatted(.iso8601))",
                remedy: "once the identity provider signs with the other one, leave this one out"
            )
        }
        let remedy =
            "ask the identity provider's administrator for the next certificate and add it with `portico saml configure"
            + " \(name) --certificate FILE`"
        return .warning("workspace \(name)", what, remedy: remedy)
    }

    /// Metadata that waits for somebody, or is not fresh any more.
    private func metadata(_ summary: WorkspaceSummary, _ name: String) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if summary.waitingProposals > 0 {
            findings.append(
                .warning(
                    "workspace \(name)",
                    "certificates of its metadata that wait for a decision: \(summary.waitingProposals)",
                    remedy: "look at them with `portico saml pending \(name)`, then approve or reject each"
                )
            )
        }
        if let problem = summary.metadataProblem {
            findings.append(
                .warning(
                    "workspace \(name)",
                    PrintableText.escaped("its metadata cannot be fetched anew: \(problem)"),
                    remedy: "mend that, then run `portico saml refresh \(name)`"
                )
            )
        }
        if let end = summary.metadataValidUntil, end <= self.now {
            findings.append(
                .warning(
                    "workspace \(name)",
                    "its metadata was valid until \(end.formatted(.iso8601)); its keys are still accepted",
                    remedy: "run `portico saml refresh \(name)`"
                )
            )
        }
        return findings
    }
}
