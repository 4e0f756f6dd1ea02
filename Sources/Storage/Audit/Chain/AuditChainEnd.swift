import FoundationEssentials
import PostgreSQL
import Workspaces

/// Where the next links of a chain go on.
struct AuditChainEnd: Sendable {
    /// The number of the event that was sealed last; 0 before the first.
    let eventID: Int
    /// The present, by the clock of the database.
    let now: Date
    private let nowText: String
    private let keptFrom: Date?
    private let position: Int
    private let hash: AuditHash

    /// Reads the newest link and the clock.
    init(_ row: Row, of chain: StoredAuditChain) throws {
        self.eventID = try row.optional("event_id") ?? 0
        self.now = try row.value("now")
        self.nowText = try row.value("now_text")
        self.keptFrom = try row.optional("kept_from")
        // Links beyond the end are not Portico's. They are passed over, and show by that.
        self.position = max(chain.head.position, try row.optional("position") ?? 0)
        self.hash = chain.head.hash
    }

    /// Whether there are positions for a batch of links; somebody else may have written any number.
    var hasRoom: Bool { self.position < .max - AuditChainStore.batchSize }

    /// The links of events that come next.
    ///
    /// An event that Portico cannot have written gets none, and stands in nobody's way; the next look at the chain tells.
    func links(to rows: [Row], of log: AuditLog) throws -> [AuditLink] {
        var links: [AuditLink] = []
        links.reserveCapacity(rows.count)
        var hash = self.hash
        var keptFrom = self.keptFrom
        for row in rows {
            guard let record = try AuditRecord(row, of: log) else { continue }
            let position = self.position + links.count + 1
            let own = min(try row.value("occurred_at", as: Date.self), self.now)
            let counted = max(own, keptFrom ?? own)
            hash = record.hash(after: hash, at: position, sealedAt: self.nowText)
            keptFrom = counted
            links.append(
                AuditLink(
                    position: position,
                    eventID: record.eventID,
                    sealedAt: self.nowText,
                    keptFrom: counted,
                    hash: hash
                )
            )
        }
        return links
    }
}
