import Synchronization
import Workspaces

/// Counts the tunnels of each session, over all event loops: one that is asked for counts from then on.
final class TunnelLimiter: Sendable {
    /// The right to one tunnel, given back when nobody holds it any more.
    final class Place: Sendable {
        private let session: SessionID
        private let limiter: TunnelLimiter

        fileprivate init(_ session: SessionID, of limiter: TunnelLimiter) {
            self.session = session
            self.limiter = limiter
        }

        deinit {
            self.limiter.release(self.session)
        }
    }

    private let limit: Int
    private let counts = Mutex<[SessionID: Int]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a place for a tunnel of a session; `nil` when it has as many as it may have.
    func take(_ session: SessionID) -> Place? {
        let isFree = self.counts.withLock { counts in
            guard counts[session, default: 0] < self.limit else { return false }
            counts[session, default: 0] += 1
            return true
        }
        return isFree ? Place(session, of: self) : nil
    }

    /// How many sessions have tunnels.
    var sessionCount: Int { self.counts.withLock { $0.count } }

    private func release(_ session: SessionID) {
        self.counts.withLock { counts in
            guard let count = counts[session] else { return }
            counts[session] = count == 1 ? nil : count - 1
        }
    }
}
