import Synchronization

/// Whether the node was told to stop.
final class StoppingState: Sendable {
    private let hasBegun = Atomic<Bool>(false)

    /// Whether it was.
    var isStopping: Bool { self.hasBegun.load(ordering: .relaxed) }

    /// Notes that it was.
    func begin() {
        self.hasBegun.store(true, ordering: .relaxed)
    }
}
