package import FoundationEssentials

/// Goes along the chain of an audit log, link by link, until something is wrong.
package struct AuditChainWalk: Sendable {
    /// The link that was looked at last.
    private var position: Int
    private var hash: AuditHash
    private var keptFrom: Date?

    /// How many events were looked at that were sealed more than ``lateness`` after the time they bear.
    package private(set) var lateCount = 0
    /// The position of the first of these.
    package private(set) var firstLate: Int?

    /// Longer than a sealing waits where `serve` runs, and than clocks of nodes are apart.
    package static let lateness = Duration.seconds(3_600)

    /// Begins behind what retention has deleted.
    package init(_ head: AuditHead) {
        self.position = head.prunedPosition
        self.hash = head.prunedHash
    }

    /// The position that was reached.
    package var reached: Int { self.position }

    /// Looks at the next link.
    ///
    /// - Parameters:
    ///   - link: The link.
    ///   - record: Its event; `nil` when there is none.
    ///   - ownKeptFrom: From when the age of this event alone would be counted: the earlier of its time and the sealing's.
    ///   - isLate: Whether it was sealed more than ``lateness`` after its time.
    /// - Returns: What is wrong; `nil` when nothing is.
    package mutating func step(
        _ link: AuditLink,
        _ record: AuditRecord?,
        ownKeptFrom: Date?,
        isLate: Bool
    ) -> AuditDefect? {
        guard link.position == self.position + 1 else { return .linkRemoved(position: self.position + 1) }
        guard let record, let ownKeptFrom else {
            return .eventRemoved(position: link.position, eventID: link.eventID)
        }
        let hash = record.hash(after: self.hash, at: link.position, sealedAt: link.sealedAt)
        // Of the first link that is left, it is not known what the one before was counted from.
        let keptFrom = self.keptFrom.map { max($0, ownKeptFrom) } ?? max(link.keptFrom, ownKeptFrom)
        guard hash == link.hash, keptFrom == link.keptFrom else {
            return .altered(position: link.position, eventID: link.eventID)
        }
        if isLate {
            self.lateCount += 1
            self.firstLate = self.firstLate ?? link.position
        }
        self.position = link.position
        self.hash = hash
        self.keptFrom = keptFrom
        return nil
    }

    /// Looks at the end, behind the last link.
    package func end(at head: AuditHead) -> AuditDefect? {
        guard self.position == head.position, self.hash == head.hash else {
            return .headMoved(position: head.position, end: self.position)
        }
        return nil
    }
}
