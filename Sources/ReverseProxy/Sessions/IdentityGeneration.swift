import Synchronization

/// Counts how often every identity was taken out of use, so that those that only a connection remembers are too.
final class IdentityGeneration: Sendable {
    private let number = Atomic<Int>(0)

    /// The generation of what is made from now on, which must be asked for before it is made.
    @inline(__always)
    var current: Int { self.number.load(ordering: .acquiring) }

    /// Takes everything out of use that was made so far.
    func end() {
        self.number.add(1, ordering: .acquiringAndReleasing)
    }
}
