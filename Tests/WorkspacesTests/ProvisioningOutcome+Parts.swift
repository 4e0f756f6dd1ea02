import Workspaces

/// The parts of an outcome that tests look at, whichever case it is.
extension ProvisioningOutcome {
    var acceptedChange: MembershipChange? {
        switch self {
        case .accepted(let change, _, _): change
        case .refused: nil
        }
    }

    var refusal: RefusalCode? {
        switch self {
        case .accepted: nil
        case .refused(let code, _, _): code
        }
    }

    var effects: [SignInEffect] {
        switch self {
        case .accepted(_, let effects, _), .refused(_, let effects, _): effects
        }
    }

    var events: [AuditEvent] {
        switch self {
        case .accepted(_, _, let events), .refused(_, _, let events): events
        }
    }

    func event(_ action: AuditAction) -> AuditEvent? {
        self.events.first { $0.action == action }
    }
}
