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
    /// A request waits twice, each time half of the spacing on average: a part of what requests take otherwise.
    static let share: UInt64 = 6
    /// How many messages gather at least.
    static let messages: UInt64 = 3

    private var since: NIODeadline
    private var count: UInt64 = 0
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
        self.nanoseconds &+= min(nanoseconds, Self.longest * Self.share)
    }

    /// Ends a count and begins the next.
    ///
    /// - Returns: The spacing that fits what was counted, in nanoseconds; 0 where none does.
    mutating func next(at now: NIODeadline) -> UInt64 {
        let (count, nanoseconds) = (self.count, self.nanoseconds)
        let elapsed = now - self.since
        self = TurnSpacing(since: now)
        guard count > 0, elapsed > .zero else { return 0 }
        let spacing = nanoseconds / count / Self.share
        // Two for each request: its head, and its answer.
        let arrivals = 2 * count * spacing / UInt64(elapsed.nanoseconds)
        return spacing >= Self.shortest && arrivals >= Self.messages ? spacing : 0
    }
}
