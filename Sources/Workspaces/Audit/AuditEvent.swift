package import FoundationEssentials

/// One line of a workspace's audit log (behavior O1): a decision and what it rested on, never a message or a secret.
package struct AuditEvent: Hashable, Sendable {
    /// How the decision went.
    package enum Outcome: Hashable, Sendable {
        /// It was done.
        case done
        /// It was refused for this reason.
        case refused(RefusalCode)
        /// A command was refused or failed; what it said is in the detail, since commands have no codes.
        case commandRefused

        /// The word in the audit log: `done` or `refused`.
        package var name: String {
            switch self {
            case .done: "done"
            case .refused, .commandRefused: "refused"
            }
        }

        /// The reason, for a refusal only.
        package var code: RefusalCode? {
            switch self {
            case .done, .commandRefused: nil
            case .refused(let code): code
            }
        }
    }

    /// How many characters of a value are kept.
    static let maximumValueLength = 256

    /// When it was decided.
    package let time: Date
    /// The workspace; `nil` for what concerns none, or none that exists.
    package let workspaceID: WorkspaceID?
    /// On whose word.
    package let actor: AuditActor
    /// What was done or refused.
    package let action: AuditAction
    /// The address of the person it was about, as normalized text or as it was asserted when it was refused for it.
    package let email: String?
    /// How it went.
    package let outcome: Outcome
    /// What the decision rested on, under snake_case keys; values may hold text by anybody, cut to 256 characters.
    package let detail: [String: String]

    /// Makes an event.
    package init(
        time: Date,
        workspaceID: WorkspaceID?,
        actor: AuditActor,
        action: AuditAction,
        email: String? = nil,
        outcome: Outcome = .done,
        detail: [String: String] = [:]
    ) {
        self.time = time
        self.workspaceID = workspaceID
        self.actor = actor
        self.action = action
        self.email = email.map(Self.cut)
        self.outcome = outcome
        self.detail = detail.mapValues(Self.cut)
    }

    /// The same event with the id that the person was shown, under which the record of the attempt is found.
    package func naming(_ requestID: RequestID) -> AuditEvent {
        AuditEvent(
            time: self.time,
            workspaceID: self.workspaceID,
            actor: self.actor,
            action: self.action,
            email: self.email,
            outcome: self.outcome,
            detail: self.detail.merging(["request_id": requestID.value]) { _, id in id }
        )
    }

    /// The line of the operator's log about what the operator has to know of a workspace (behavior A4).
    ///
    /// - Parameter companyID: The workspace, which is no column there.
    /// - Returns: `nil` for what concerns the workspace alone.
    package func forOperator(of companyID: CompanyID) -> AuditEvent? {
        guard self.action == .workspaceWithoutAdmin else { return nil }
        return AuditEvent(
            time: self.time,
            workspaceID: nil,
            actor: self.actor,
            action: self.action,
            email: self.email,
            outcome: self.outcome,
            detail: self.detail.merging(["company_id": companyID.value]) { $1 }
        )
    }

    /// The same event under another name.
    package func `as`(_ action: AuditAction) -> AuditEvent {
        AuditEvent(
            time: self.time,
            workspaceID: self.workspaceID,
            actor: self.actor,
            action: action,
            email: self.email,
            outcome: self.outcome,
            detail: self.detail
        )
    }

    private static func cut(_ text: String) -> String {
        String(text.unicodeScalars.prefix(Self.maximumValueLength))
    }
}
