import NIOCore

/// The streams that were reset on a connection to an upstream.
///
/// To the upstream they may be there for a while longer, and many of them look like an attack (CVE-2023-44487): it would end
/// the connection, with the streams of everybody.
struct ResetStreams {
    /// How long a stream keeps its place.
    private static let rest = TimeAmount.seconds(1)
    /// How many are too many whose answers had not begun.
    private static let maximumUnanswered = 200

    private var since: CircularBuffer<NIODeadline> = []
    private var unansweredCount = 0

    /// How many keep their places.
    var count: Int { self.since.count }

    /// Whether the connection had better carry no more streams.
    var isTooMany: Bool { self.unansweredCount >= Self.maximumUnanswered }

    /// Adds a stream that is being reset.
    mutating func add(isAnswered: Bool, at now: NIODeadline) {
        self.since.append(now)
        if !isAnswered { self.unansweredCount += 1 }
    }

    /// Frees the places that were kept long enough; false when there is none.
    mutating func freePlaces(_ now: NIODeadline) -> Bool {
        let earlier = self.count
        while let first = self.since.first, now - first > Self.rest { self.since.removeFirst() }
        return self.count < earlier
    }
}
