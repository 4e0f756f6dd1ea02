import Foundation
import Workspaces

/// One event of a workspace's audit log.
struct AuditRow: Encodable {
    let time: Date
    let actor: String
    let actorEmail: String?
    let action: String
    let email: String?
    let outcome: String
    let code: String?
    let detail: [String: String]

    init(_ event: AuditEvent) {
        self.time = event.time
        self.actor = event.actor.kind
        self.actorEmail = event.actor.email?.value
        self.action = event.action.rawValue
        self.email = event.email
        self.outcome = event.outcome.name
        self.code = event.outcome.code?.rawValue
        self.detail = event.detail
    }

    /// The cells of the table: when, on whose word, what, about whom, how it went, and on what it rested.
    var cells: [String] {
        [
            self.time.formatted(.iso8601),
            self.actorEmail ?? self.actor,
            self.action,
            self.email ?? "-",
            self.code ?? self.outcome,
            self.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
        ]
    }
}
