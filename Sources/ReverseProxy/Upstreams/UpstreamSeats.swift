import Synchronization

/// How many requests an upstream has in hand, over all event loops; only for upstreams of a route that has a limit.
///
/// One number for the process rather than a share for each event loop: clients are not spread evenly over loops, so that
/// with shares a request would be refused while the upstream has room, and a limit below the number of loops would have
/// no share to give. It costs a request of such a route two atomic operations, and all others nothing.
final class UpstreamSeats: Sendable {
    private let taken = Atomic<Int>(0)

    /// Takes a seat unless so many are taken; whoever took one gives it back by ``leave()``.
    func take(limit: Int) -> Bool {
        var known = self.taken.load(ordering: .relaxed)
        while known < limit {
            let result = self.taken.weakCompareExchange(expected: known, desired: known + 1, ordering: .relaxed)
            if result.exchanged { return true }
            known = result.original
        }
        return false
    }

    /// Gives a seat back.
    func leave() {
        self.taken.subtract(1, ordering: .relaxed)
    }
}
