import Synchronization

/// How many sessions requests may wait for at once, whichever they are.
///
/// One count for all shards: with a bound for each, a few people who come at the same moment and share a shard by chance
/// would be refused while hardly anything is read.
final class LoadBound: Sendable {
    private let limit: Int
    private let underWay = Atomic<Int>(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes a place; `false` when there is none.
    func enter() -> Bool {
        guard self.underWay.add(1, ordering: .relaxed).newValue <= self.limit else {
            self.leave()
            return false
        }
        return true
    }

    /// Gives a place back.
    func leave() {
        self.underWay.subtract(1, ordering: .relaxed)
    }
}
