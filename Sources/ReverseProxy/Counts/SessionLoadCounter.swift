import Synchronization

/// Counts how often sessions were wanted that were not in memory; reading one costs far more than a lock.
final class SessionLoadCounter: Sendable {
    private let state = Mutex<[SessionLoadOutcome: UInt64]>([:])

    /// Counts one of them.
    func count(_ outcome: SessionLoadOutcome) {
        self.state.withLock { $0[outcome, default: 0] += 1 }
    }

    /// How many readings ended so, for every outcome.
    var counts: [SessionLoadOutcome: UInt64] {
        self.state.withLock { state in
            Dictionary(uniqueKeysWithValues: SessionLoadOutcome.allCases.map { ($0, state[$0] ?? 0) })
        }
    }
}
