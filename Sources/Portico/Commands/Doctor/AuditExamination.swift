import Foundation
import PostgreSQL
import Storage
import Workspaces

/// What the doctor says of the audit logs: whether somebody else wrote there, as nodes found it, and whether they are sealed.
struct AuditExamination: Sendable {
    let settings: Settings
    let now: Date

    private static let check = "audit logs"
    /// How long an event may wait to be sealed where `serve` runs.
    private static let patience = Duration.seconds(600)

    /// Looks at the operator's log itself, and at what nodes say of the others.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings, role: StorageRole.operator)
        return try await DoctorConnection.with(configuration) { pool in
            let store = AuditChainStore(pool: pool, secrets: self.settings.secretKeys)
            var findings = [try await self.waiting(store)].compactMap { $0 }
            findings += try await self.operatorLog(pool)
            findings += try await self.workspaces(store, pool)
            guard findings.isEmpty else { return findings }
            let unseen = try await store.statuses().values.count { $0 == .unseen }
            let rest = unseen == 0 ? "" : "; nodes have not looked at those of \(unseen) workspaces yet"
            return [.ok(Self.check, "sealed, and nothing was changed\(rest)")]
        }
    }

    private func waiting(_ store: AuditChainStore) async throws -> DoctorFinding? {
        let waiting = try await store.waiting()
        guard waiting.longest > Self.patience else { return nil }
        return .warning(
            Self.check,
            "\(waiting.count) events are not sealed, the oldest for \(waiting.longest.components.seconds / 60) minutes",
            remedy: "see that `portico serve` runs, and has the secret key under which each log is sealed"
        )
    }

    private func operatorLog(_ pool: ConnectionPool) async throws -> [DoctorFinding] {
        let verification = try await AuditVerifier(pool: pool, secrets: self.settings.secretKeys).verify(.operator)
        return self.findings(
            "operator's audit log",
            "--operator",
            verification.defect?.description,
            unverified: verification.head.unverifiedPosition
        )
    }

    private func workspaces(_ store: AuditChainStore, _ pool: ConnectionPool) async throws -> [DoctorFinding] {
        let statuses = try await store.statuses()
        var findings: [DoctorFinding] = []
        // The log of a deleted workspace is kept, and so is what is wrong with it, until somebody has looked.
        let names = try await OperatorDirectory(pool: pool).everNamed()
        for (workspaceID, companyID) in names.sorted(by: { $0.value.folded < $1.value.folded }) {
            guard let status = statuses[workspaceID] else { continue }
            let name = companyID.value
            findings += self.findings(
                "audit log of \(name)",
                name,
                status.defect,
                unverified: status.unverifiedPosition
            )
            if case .seen = status, !status.isRecent(at: self.now) {
                findings.append(
                    .warning(
                        "audit log of \(name)",
                        "no node has looked at its chain for days",
                        remedy: "see that `portico serve` runs; `portico audit \(name) --verify` looks now"
                    )
                )
            }
        }
        return findings
    }

    private func findings(
        _ check: String,
        _ argument: String,
        _ defect: String?,
        unverified: Int?
    ) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if let defect {
            findings.append(
                .failure(
                    check,
                    defect,
                    remedy:
                        "run `portico audit \(argument) --verify`, and compare the log with an export or a backup of before"
                )
            )
        }
        if let unverified {
            findings.append(
                .warning(
                    check,
                    "its events up to position \(unverified) could not be verified: the operator began the chain anew"
                        + " behind them",
                    remedy: "compare them with what was kept elsewhere; this line goes when they have expired"
                )
            )
        }
        return findings
    }
}
