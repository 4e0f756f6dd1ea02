import Storage
import Workspaces

/// `portico audit --verify`: whether anybody other than Portico wrote in a log.
struct AuditCheck {
    let context: OperatorContext
    /// `nil` for the operator's log.
    let companyID: String?
    let scope: WorkspaceScope?

    /// Computes the chain anew and tells what it came to.
    ///
    /// - Throws: ``CommandRefusal`` when the log was changed, or the secret key to say so is not at hand.
    func run() async throws {
        let verifier = AuditVerifier(pool: self.context.pool, secrets: self.context.settings.secretKeys)
        let verification = try await verifier.verify(self.scope.map { .workspace($0) } ?? .operator)
        try self.context.output.show(AuditCheckReport(verification), fields: Self.fields(verification))
        if !verification.isSealChecked {
            self.context.output.note(
                "the seal was not compared: give PORTICO_SECRET_KEY as `serve` has it, or compare the hash with an earlier one"
            )
        }
        guard let defect = verification.defect else { return }
        let name = self.companyID.map { "the audit log of \($0)" } ?? "the operator's audit log"
        guard !defect.isUnknownKey else {
            throw CommandRefusal(
                "\(name) cannot be checked whole: \(defect): list that one after the new one, or, if it is lost for good,"
                    + " begin the chain anew with --begin-anew"
            )
        }
        throw CommandRefusal(
            "\(name) was changed by somebody other than Portico: \(defect): compare it with an export or a backup of before"
        )
    }

    private static func fields(_ verification: AuditVerification) -> [(name: String, value: String)] {
        let head = verification.head
        var fields = [
            (name: "verified", value: "\(verification.verified) events"),
            (name: "not sealed yet", value: "\(verification.unsealed) events"),
            (name: "position", value: "\(head.position)"),
            (name: "hash", value: "\(head.hash)"),
        ]
        if head.prunedPosition > 0 {
            fields.append((name: "expired", value: "up to position \(head.prunedPosition)"))
        }
        if let position = head.unverifiedPosition {
            fields.append(
                (name: "not verified", value: "up to position \(position): the operator began the chain anew behind it")
            )
        }
        if let first = verification.firstLate {
            let count = verification.late
            fields.append(
                (name: "sealed late", value: "\(count) events, more than an hour after their time; first at \(first)")
            )
        }
        fields.append((name: "result", value: verification.defect.map { "\($0)" } ?? "nothing was changed"))
        return fields
    }
}
