import FoundationEssentials
import Storage
import Synchronization

/// How audit logs stand, as it was read from the database last.
///
/// It holds numbers and nothing else, so that no metric can tell whose log it is.
final class AuditChainCounts: Sendable {
    /// One reading.
    struct Reading: Hashable, Sendable {
        /// How many events wait to be sealed.
        var waiting: Int
        /// For how long the one that has waited longest did so when it was read.
        var longest: Duration
        /// How many chains of workspaces were found whole lately.
        var intact: Int
        /// How many were found to be changed by somebody other than Portico.
        var broken: Int
        /// How many no node has looked at lately that has their secret key.
        var unchecked: Int
        /// When it was read.
        var readAt: Date
    }

    /// How often what waits is counted.
    private static let interval: TimeInterval = 15
    /// How often the chains are counted.
    private static let chainInterval: TimeInterval = 300

    private struct State {
        var reading: Reading?
        var chainsReadAt: Date?
    }

    private let state = Mutex(State())
    /// What was read last; `nil` before the first time.
    var latest: Reading? { self.state.withLock { $0.reading } }

    /// Reads what is due to be read again.
    ///
    /// - Throws: `PostgreSQLError`, `StoredValueError`; what was read before stays.
    func refresh(from store: AuditChainStore, now: Date) async throws {
        let state = self.state.withLock { $0 }
        if let reading = state.reading, now.timeIntervalSince(reading.readAt) < Self.interval { return }
        let waiting = try await store.waiting()
        var reading = Reading(
            waiting: waiting.count,
            longest: waiting.longest,
            intact: state.reading?.intact ?? 0,
            broken: state.reading?.broken ?? 0,
            unchecked: state.reading?.unchecked ?? 0,
            readAt: now
        )
        var chainsReadAt = state.chainsReadAt
        if chainsReadAt.map({ now.timeIntervalSince($0) >= Self.chainInterval }) ?? true {
            let statuses = try await store.statuses().values
            reading.broken = statuses.count { $0.defect != nil }
            reading.unchecked = statuses.count { $0.defect == nil && !$0.isRecent(at: now) }
            reading.intact = statuses.count - reading.broken - reading.unchecked
            chainsReadAt = now
        }
        self.state.withLock { $0 = State(reading: reading, chainsReadAt: chainsReadAt) }
    }
}
