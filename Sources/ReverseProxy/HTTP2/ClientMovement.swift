import NIOCore

/// Whether a client takes what is there for it, and since when it does not.
struct ClientMovement {
    /// What has to be taken for the time to count anew: who takes a byte a minute must not hold what waits for it.
    static let step = 16_384

    /// When as much as a step had been taken last.
    private(set) var movedAt: NIODeadline
    private var count = 0

    /// Begins to count.
    init(at now: NIODeadline) {
        self.movedAt = now
    }

    /// Takes note of bytes that the client took.
    mutating func note(_ bytes: Int, at now: NIODeadline) {
        self.count += bytes
        guard self.count >= Self.step else { return }
        self.count = 0
        self.movedAt = now
    }
}
