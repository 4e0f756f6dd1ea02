package import FoundationEssentials

/// A link in the chain of an audit log.
package struct AuditLink: Hashable, Sendable {
    /// The position, from 1.
    package let position: Int
    /// The number of the event.
    package let eventID: Int
    /// When the event was sealed, by the clock of the database: RFC 3339 in UTC with six digits of a second.
    package let sealedAt: String
    /// From when the age of the event is counted.
    package let keptFrom: Date
    /// The hash of the link before and of the event.
    package let hash: AuditHash

    /// Puts a link together.
    package init(position: Int, eventID: Int, sealedAt: String, keptFrom: Date, hash: AuditHash) {
        self.position = position
        self.eventID = eventID
        self.sealedAt = sealedAt
        self.keptFrom = keptFrom
        self.hash = hash
    }
}
