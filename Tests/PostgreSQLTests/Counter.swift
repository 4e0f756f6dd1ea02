import Synchronization

/// Counts from any task.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// The count so far.
    var value: Int {
        self.count.withLock { $0 }
    }

    /// Adds one and returns the sum.
    func next() -> Int {
        self.count.withLock { count in
            count += 1
            return count
        }
    }
}
