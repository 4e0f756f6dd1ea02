import PostgreSQL
package import Workspaces

/// An event of an audit log with its link.
package struct AuditEntry: Hashable, Sendable {
    /// The event.
    package let record: AuditRecord
    /// Its link; `nil` until it is sealed.
    package let link: AuditLink?
    /// The hash of the link before.
    package let previous: AuditHash?

    /// Reads the columns of both, and `previous_hash`.
    ///
    /// - Returns: `nil` for an event that Portico cannot have written.
    init?(_ row: Row, of log: AuditLog) throws {
        guard let record = try AuditRecord(row, of: log) else { return nil }
        self.record = record
        self.link = try row.optional("position", as: Int.self) == nil ? nil : try AuditLink(row)
        self.previous = try row.optional("previous_hash", as: [UInt8].self).flatMap { AuditHash($0) }
    }
}
