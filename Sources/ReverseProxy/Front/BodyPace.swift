import NIOCore

/// How long a client had to send what has come of a body.
///
/// Only the time counts in which it was the client's turn: while the upstream takes no more, the client cannot send.
struct BodyPace {
    /// The time that counts.
    private(set) var waited = TimeAmount.zero
    private var lookedAt: NIODeadline?

    /// Notes whose turn it was since the last look; called at each tick.
    mutating func note(at now: NIODeadline, isClientsTurn: Bool) {
        if isClientsTurn, let lookedAt = self.lookedAt { self.waited = self.waited + (now - lookedAt) }
        self.lookedAt = now
    }

    /// Whether less has come than the client had the time for.
    ///
    /// - Parameters:
    ///   - size: How many bytes have come.
    ///   - rate: How many have to come in a second; 0 is none.
    ///   - grace: The time that a client may take besides.
    /// - Returns: Whether the client is to be given up.
    func isTooSlow(_ size: Int, rate: Int, grace: TimeAmount) -> Bool {
        guard rate > 0, self.waited > grace else { return false }
        return Double(size) < Double((self.waited - grace).nanoseconds) / 1e9 * Double(rate)
    }
}
