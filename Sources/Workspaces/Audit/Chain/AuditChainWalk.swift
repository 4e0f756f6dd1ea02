package import FoundationEssentials

/// Goes along the chain of an audit log, link by link, until something is wrong.
///
/// Links are added and retention deletes some while somebody walks, so the head is told anew with every part of the way:
///
///     pruned ······ link link link ┆ link link ······ head
///            └ begins here          └ the next part
package struct AuditChainWalk: Sendable {
    /// The link that was looked at last.
    private var position: Int
    private var hash: AuditHash
    private var keptFrom: Date?
    private var restart: AuditRestart?

    /// How many events are as they were sealed.
    package private(set) var count = 0

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
        self.restart = head.restart
    }

    /// The position that was reached.
    package var reached: Int { self.position }

    /// Goes on with another reading of the ends.
    ///
    /// - Returns: Whether retention has deleted what comes next, so that the way goes on behind that.
    package mutating func goOn(_ head: AuditHead) -> Bool {
        self.restart = head.restart
        guard head.prunedPosition > self.position else { return false }
        self.go(to: head.prunedPosition, head.prunedHash)
        return true
    }

    /// Passes over what was not in order when the operator began the chain anew behind it.
    ///
    /// - Parameter position: Where something is wrong.
    /// - Returns: Whether that was known then, so that the way goes on behind the restart.
    package mutating func passOver(_ position: Int) -> Bool {
        guard let restart, restart.position > self.position, restart.accepts(position) else { return false }
        self.go(to: restart.position, restart.hash)
        return true
    }

    private mutating func go(to position: Int, _ hash: AuditHash) {
        self.position = position
        self.hash = hash
        self.keptFrom = nil
    }

    /// Looks at the next link.
    ///
    /// - Parameters:
    ///   - link: The link.
    ///   - record: Its event; `nil` when there is none that Portico can have written.
    ///   - ownKeptFrom: From when the age of this event alone would be counted: the earlier of its time and the sealing's.
    ///   - isLate: Whether it was sealed more than ``lateness`` after its time.
    /// - Returns: What is wrong; `nil` when nothing is.
    package mutating func step(
        _ link: AuditLink,
        _ record: AuditRecord?,
        ownKeptFrom: Date?,
        isLate: Bool
    ) -> AuditDefect? {
        // Somebody else may have written any number, which must not overflow.
        guard link.position &- 1 == self.position else {
            return .linkRemoved(position: min(self.position, .max - 1) + 1)
        }
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
        self.count += 1
        return nil
    }

    /// Looks at the end, behind the last link.
    package mutating func end(at head: AuditHead) -> AuditDefect? {
        // The last links before a restart may have been gone already.
        if self.position < head.position { _ = self.passOver(self.position + 1) }
        guard self.position == head.position, self.hash == head.hash else {
            return .headMoved(position: head.position, end: self.position)
        }
        return nil
    }
}
