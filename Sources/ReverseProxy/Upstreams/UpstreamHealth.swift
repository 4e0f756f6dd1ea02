import NIOCore

/// Whether an upstream is worth a request, as its latest answers and failures say.
///
///     trusted ── failures in a row ──> set aside ── time is up ──> on trial ── an answer ──> trusted
///                                          ^                          │
///                                          └── a failure, and twice the time
///
/// Nothing is sent to an upstream in order to test it: the request that comes when its time is up is the trial, and goes
/// to another upstream if this one still does not take it. Each event loop judges for itself: that costs each a few failures
/// of its own, and requests no shared memory.
struct UpstreamHealth {
    /// What an upstream is worth at an instant.
    enum Standing {
        /// It gets requests.
        case good
        /// It gets the next request, as its trial.
        case due
        /// It gets requests only where no other is left.
        case aside
    }

    private enum State {
        /// It answers, but for so many failures since its last answer.
        case trusted(failures: Int)
        /// It failed; `round` counts the trials in vain.
        case setAside(until: NIODeadline, round: Int)
        /// One request tries it; one that is still waiting for its answer blocks the next trial no longer than this.
        case onTrial(until: NIODeadline, round: Int)
    }

    private let failures: Int
    private let shortest: Int64
    private let longest: Int64
    private var state = State.trusted(failures: 0)

    init(_ limits: UpstreamHealthLimits) {
        self.failures = max(1, limits.failures)
        self.shortest = max(1, TimeAmount(limits.shortest).nanoseconds)
        self.longest = max(self.shortest, TimeAmount(limits.longest).nanoseconds)
    }

    /// Whether anything is held against the upstream: only then an answer is news.
    var isDoubted: Bool {
        if case .trusted(0) = self.state { return false }
        return true
    }

    /// Whether it is set aside, its trial included.
    var isAside: Bool {
        if case .trusted = self.state { return false }
        return true
    }

    /// What the upstream is worth now.
    func standing(at now: NIODeadline) -> Standing {
        switch self.state {
        case .trusted: .good
        case .setAside(let until, _), .onTrial(let until, _): until > now ? .aside : .due
        }
    }

    /// Notes that a request tries an upstream that is due.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - patience: How long the request waits for an answer: until then nobody else has to wait for an upstream that may
    ///     keep silent.
    mutating func beginTrial(at now: NIODeadline, patience: TimeAmount) {
        switch self.state {
        case .trusted: break
        case .setAside(_, let round), .onTrial(_, let round):
            let length = min(max(self.length(ofRound: round), patience.nanoseconds), self.longest)
            self.state = .onTrial(until: now + .nanoseconds(length), round: round)
        }
    }

    /// Notes that a request ended without answer or failure: if it was the trial, the next one is due.
    mutating func undecided(at now: NIODeadline) {
        guard case .onTrial(_, let round) = self.state else { return }
        self.state = .setAside(until: now, round: round)
    }

    /// Notes an answer.
    mutating func succeeded() {
        self.state = .trusted(failures: 0)
    }

    /// Notes that the upstream did not take a request, broke it before the answer began, or kept silent for too long.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - random: Random bits that spread the ends of times, so that event loops and nodes do not all try at once.
    /// - Returns: Whether it is set aside from now on, for the first time or anew.
    mutating func failed(at now: NIODeadline, random: UInt64) -> Bool {
        switch self.state {
        case .trusted(let earlier) where earlier + 1 < self.failures:
            self.state = .trusted(failures: earlier + 1)
            return false
        case .trusted:
            self.setAside(round: 0, at: now, random: random)
        case .setAside(let until, _) where until > now:
            // Requests that were under way tell nothing new.
            return false
        case .setAside(_, let round), .onTrial(_, let round):
            self.setAside(round: round + 1, at: now, random: random)
        }
        return true
    }

    private mutating func setAside(round: Int, at now: NIODeadline, random: UInt64) {
        let half = self.length(ofRound: round) / 2
        let spread = Int64(UInt64(half).multipliedFullWidth(by: random).high)
        self.state = .setAside(until: now + .nanoseconds(half + spread), round: round)
    }

    /// Twice as long as in the round before, up to the longest.
    private func length(ofRound round: Int) -> Int64 {
        var length = self.shortest
        for _ in 0..<round {
            guard length < self.longest / 2 else { return self.longest }
            length *= 2
        }
        return length
    }
}
