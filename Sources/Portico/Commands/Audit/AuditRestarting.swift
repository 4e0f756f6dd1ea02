import Storage
import Workspaces

/// `portico audit --begin-anew`: the operator's word that a log goes on although its past cannot be verified.
struct AuditRestarting {
    let context: OperatorContext
    /// `nil` for the operator's log.
    let companyID: String?
    let scope: WorkspaceScope?

    /// Begins the chain anew, where it does not hold.
    ///
    /// - Parameter isConfirmed: Whether the operator said `--yes`.
    /// - Throws: ``CommandRefusal`` when nothing is wrong with the chain; ``SettingsMistakes`` without the secret key.
    func run(isConfirmed: Bool) async throws {
        guard let secrets = self.context.settings.secretKeys else {
            let mistake = SettingMistake(
                setting: SettingKey.secretKey.environmentName,
                origin: .absent,
                problem: "is missing",
                remedy: "set it to the one that `serve` has: the chain goes on under it"
            )
            throw SettingsMistakes(mistakes: [mistake])
        }
        let log: AuditLog = self.scope.map { .workspace($0) } ?? .operator
        let name = self.companyID.map { "the audit log of \($0)" } ?? "the operator's audit log"
        let verification = try await AuditVerifier(pool: self.context.pool, secrets: secrets).verify(log)
        guard let defect = verification.chainDefect else {
            throw CommandRefusal("\(name) goes on as it is: nothing is wrong with its chain")
        }
        guard isConfirmed else {
            throw CommandRefusal(
                "\(name) has a past that cannot be verified: \(defect). Nobody will be able to afterwards either: keep a backup"
                    + " and an export first, then say --yes to begin its chain anew"
            )
        }
        var detail = ["unsealed": "\(verification.unsealed)"]
        detail["company_id"] = self.companyID
        let restart = try await self.begin(log, name, after: verification, detail: detail, secrets)
        try self.context.output.done(
            "the chain of \(name) begins anew behind position \(restart.position); what is before stays unverified:"
                + " keep this hash elsewhere: \(restart.hash)",
            AuditRestartReport(restart, defect)
        )
    }

    private func begin(
        _ log: AuditLog,
        _ name: String,
        after verification: AuditVerification,
        detail: [String: String],
        _ secrets: SecretKeyring
    ) async throws -> AuditRestart {
        do {
            return try await AuditChainStore(pool: self.context.pool, secrets: secrets)
                .beginAnew(log, after: verification, detail: detail, now: self.context.now)
        } catch AuditRestartRefusal.noRoom {
            throw CommandRefusal(
                "\(name) has numbers behind which nothing fits; somebody else wrote them: restore the database"
            )
        }
    }
}
