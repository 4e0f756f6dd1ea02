package import FoundationEssentials

/// That an event of the audit log is mailed to the administrators of its workspace.
///
/// Which events are is decided here alone, and asked wherever one is written: ``AuditEvent/alert``.
package struct Alert: Hashable, Sendable {
    /// For how long nothing more is mailed of the same kind about the same thing.
    package static let quietTime: TimeInterval = 86_400
    /// How many things one kind is about in ``quietTime`` at most.
    package static let maximumSubjects = 10
    /// How many people get one alert.
    package static let maximumRecipients = 50
    /// How long one is worth telling; without a mail server none lasts longer.
    package static let lifetime: TimeInterval = 2 * 86_400

    /// What happened.
    package let kind: AlertKind
    /// What it is about, such as a domain or a certificate; empty for the workspace as a whole.
    package let subject: String

    init(_ kind: AlertKind, about subject: String = "") {
        self.kind = kind
        self.subject = subject
    }
}
