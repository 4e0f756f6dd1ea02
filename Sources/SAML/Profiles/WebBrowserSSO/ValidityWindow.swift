import FoundationEssentials

/// The present, widened by what the two clocks may differ.
struct ValidityWindow {
    /// The present by our clock.
    let now: Date
    /// The granted difference in seconds, never negative.
    let skew: TimeInterval

    init(_ expectations: Expectations) {
        self.init(now: expectations.now, clockSkew: expectations.clockSkew)
    }

    init(now: Date, clockSkew: Duration) {
        self.now = now
        let granted = max(.zero, min(clockSkew, Expectations.maximumClockSkew))
        self.skew = granted / .seconds(1)
    }

    /// Whether an inclusive start of validity was reached.
    func hasReached(_ notBefore: Date) -> Bool {
        notBefore <= self.now.addingTimeInterval(self.skew)
    }

    /// Whether an exclusive end of validity has passed.
    func hasPassed(_ notOnOrAfter: Date) -> Bool {
        notOnOrAfter <= self.now.addingTimeInterval(-self.skew)
    }

    /// Whether the instant lies further back than the duration in seconds.
    func isOlder(_ instant: Date, than seconds: TimeInterval) -> Bool {
        instant < self.now.addingTimeInterval(-seconds - self.skew)
    }
}
