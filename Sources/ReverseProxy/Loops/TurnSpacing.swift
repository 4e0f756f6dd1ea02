import NIOCore

/// How far apart the turns of an event loop begin under load (Docs/Decisions/0051).
///
/// A thread that sleeps and is woken for each message spends much of its time on that. Where thousands of requests a second
/// have to wait elsewhere anyway, it lets a few messages gather, and deals with them in one turn.
struct TurnSpacing {
    /// However long requests take, a message waits no longer, in nanoseconds.
    static let longest: UInt64 = 250_000
    /// Less gains nothing, since a sleep costs as much.
    static let shortest: UInt64 = 100_000
    /// A request waits twice, each time half of the spacing on average: this part of what requests take, with that.
    static let share: UInt64 = 6
    /// How many messages gather at least.
    static let messages: UInt64 = 3

    private var since: NIODeadline
    private var count: UInt64 = 0
    /// Those for which the shortest spacing would be too long.
    private var quickCount: UInt64 = 0
    private var nanoseconds: UInt64 = 0

    /// Begins to count.
    init(since: NIODeadline) {
        self.since = since
    }

    /// Counts a request.
    ///
    /// - Parameter nanoseconds: The time from its head to the last byte of its answer. A long one counts for no more than
    ///   what suffices for the longest spacing, so that a few of these do not speak for the many.
    @inline(__always)
    mutating func count(_ nanoseconds: UInt64) {
        self.count &+= 1
        if nanoseconds < Self.shortest * Self.share { self.quickCount &+= 1 }
        self.nanoseconds &+= min(nanoseconds, Self.longest * Self.share)
    }

    /// Ends a count and begins the next.
    ///
    /// - Returns: The spacing that fits what was counted, in nanoseconds; 0 where none does.
    mutating func next(at now: NIODeadline) -> UInt64 {
        let counted = self
        self = TurnSpacing(since: now)
        let elapsed = now - counted.since
        // A few that take long do not speak for many quick ones.
        guard counted.count > 0, counted.quickCount * 2 <= counted.count, elapsed > .zero else { return 0 }
        let spacing = counted.nanoseconds / counted.count / Self.share
        // Two for a request: its head, and its answer. There are fewer where some come together.
        let arrivals = 2 * counted.count * spacing / UInt64(elapsed.nanoseconds)
        return spacing >= Self.shortest && arrivals >= Self.messages ? spacing : 0
    }
}
