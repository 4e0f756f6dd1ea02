import NIOCore
import Workspaces

/// Which sessions are read from storage next: the reader's decisions without its I/O.
///
///     add ──> its line ──> a reading, together with up to `size` of those who came after it ──> finish
///                │                                   │
///                └──────────── abandon ──────────────┘
///
/// A line that has a reading to spare begins it at once, so whoever comes alone is read alone; those who come while all
/// of the line's readings are under way go together with the next. Whoever has waited for so long that a reading would
/// hardly end in time is not read: in a line that is too long each would else be begun only to be given up.
struct ReadingQueue {
    /// What a session is read for.
    enum Line: Int, CaseIterable {
        /// A request that waits for it.
        case requests
        /// What is under way already, or goes on meanwhile.
        case others
    }

    /// Whoever wants a session.
    struct Ticket: Hashable {
        fileprivate let number: UInt64
    }

    /// Sessions to read together.
    struct Reading {
        let number: UInt64
        /// The line it was taken from.
        let line: Line
        /// Who waits for it, each with the session wanted.
        fileprivate(set) var places: [Ticket: SessionTokenHash]
    }

    /// What became of a ticket that was abandoned.
    enum Abandoned: Hashable {
        /// It stood in its line: storage was not asked.
        case inLine
        /// Its reading goes on for others.
        case inReading
        /// Nobody waits any more for its reading, which is over.
        case lastInReading(UInt64)
    }

    private struct Place {
        let hash: SessionTokenHash
        let cameAt: NIODeadline
        var line: Line
        /// The reading that it went with.
        var reading: UInt64?
    }

    private let size: Int
    private let patience: TimeAmount
    private let widths: [Line: Int]
    private var places: [Ticket: Place] = [:]
    /// The tickets in the order of their coming; those that were abandoned or hurried on are passed over when they are taken.
    private var lines: [Line: CircularBuffer<Ticket>] = [:]
    /// The sessions that stand in the line of the others.
    private var unhurried: [SessionTokenHash: Ticket] = [:]
    private var underWay: [UInt64: Reading] = [:]
    private var counts: [Line: Int] = [:]
    private var lastNumber: UInt64 = 0

    /// Makes an empty queue.
    ///
    /// - Parameters:
    ///   - widths: How many readings of a line may be under way at once.
    ///   - size: How many sessions are read together at most.
    ///   - patience: How long after somebody came a reading for them may still begin.
    init(widths: [Line: Int], size: Int, patience: TimeAmount) {
        self.widths = widths
        self.size = size
        self.patience = patience
    }

    /// How many stand in a line.
    func waiting(in line: Line) -> Int {
        self.places.values.count { $0.line == line && $0.reading == nil }
    }

    /// Puts somebody at the end of a line.
    mutating func add(_ hash: SessionTokenHash, to line: Line, at now: NIODeadline) -> Ticket {
        let ticket = Ticket(number: self.nextNumber())
        self.places[ticket] = Place(hash: hash, cameAt: now, line: line)
        self.lines[line, default: CircularBuffer()].append(ticket)
        if line == .others { self.unhurried[hash] = ticket }
        return ticket
    }

    /// Has a session that stands in the line of the others go with the requests, since one waits for it now.
    mutating func hurry(_ hash: SessionTokenHash) {
        guard let ticket = self.unhurried.removeValue(forKey: hash) else { return }
        self.places[ticket]?.line = .requests
        self.lines[.requests, default: CircularBuffer()].append(ticket)
    }

    /// The next reading of a line that may begin, which has begun then.
    mutating func next(in line: Line, at now: NIODeadline) -> Reading? {
        guard self.counts[line, default: 0] < self.widths[line, default: 1] else { return nil }
        var taken: [Ticket: SessionTokenHash] = [:]
        while taken.count < self.size, let ticket = self.lines[line]?.popFirst() {
            guard let place = self.places[ticket], place.line == line, place.reading == nil,
                now - place.cameAt <= self.patience
            else { continue }
            taken[ticket] = place.hash
        }
        guard !taken.isEmpty else { return nil }
        let reading = Reading(number: self.nextNumber(), line: line, places: taken)
        for (ticket, hash) in taken {
            self.places[ticket]?.reading = reading.number
            if self.unhurried[hash] == ticket { self.unhurried[hash] = nil }
        }
        self.underWay[reading.number] = reading
        self.counts[line, default: 0] += 1
        return reading
    }

    /// Takes somebody out who waits no longer; `nil` for one who is not waiting.
    mutating func abandon(_ ticket: Ticket) -> Abandoned? {
        guard let place = self.places.removeValue(forKey: ticket) else { return nil }
        if self.unhurried[place.hash] == ticket { self.unhurried[place.hash] = nil }
        guard let number = place.reading, var reading = self.underWay[number] else { return .inLine }
        reading.places[ticket] = nil
        self.underWay[number] = reading
        guard reading.places.isEmpty else { return .inReading }
        self.end(reading)
        return .lastInReading(number)
    }

    /// Ends a reading: those who still wait for it.
    mutating func finish(_ number: UInt64) -> [Ticket: SessionTokenHash] {
        guard let reading = self.underWay[number] else { return [:] }
        for ticket in reading.places.keys { self.places[ticket] = nil }
        self.end(reading)
        return reading.places
    }

    private mutating func end(_ reading: Reading) {
        self.underWay[reading.number] = nil
        self.counts[reading.line, default: 0] -= 1
    }

    private mutating func nextNumber() -> UInt64 {
        self.lastNumber += 1
        return self.lastNumber
    }
}
