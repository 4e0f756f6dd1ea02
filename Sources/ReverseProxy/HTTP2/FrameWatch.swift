import NIOCore

/// Follows the frames that a client sends, beside the library that reads them, as far as an attack shows in them.
///
/// It counts, over all streams, what costs the client nothing and this side something; what frames alone do not show, the
/// library and the streams tell it. It also knows since when a header block has been under way: one that is sent a byte at a
/// time becomes no stream, so that no stream's deadline sees it.
struct FrameWatch {
    private static let prefaceSize = 24
    private static let frameHeadSize = 9
    /// The time in which the numbers below are counted.
    private static let period = TimeAmount.seconds(30)
    /// PING, SETTINGS, PRIORITY and what is not known: libraries send a PING with each burst of data to measure the line.
    private static let maximumControls = 1_000
    /// Requests that were taken back before they were answered.
    ///
    /// A browser that moves over a map takes back many; the rapid reset attack (CVE-2023-44487) sends thousands a second. A
    /// reset behind the whole answer costs nothing, and clients send one where the server ended first.
    private static let maximumResets = 500
    /// Streams that the client made this side reset (CVE-2025-8671).
    private static let maximumSpoiled = 100
    /// Fields that belong to no stream.
    ///
    /// The trailers of a body that is refused are on their way already, and so are the first requests of a client that has
    /// not heard yet how many it may make.
    private static let maximumIgnored = 1_000
    /// Requests that are none, or too large.
    ///
    /// They may be one person's among those of many, behind a proxy that gives all of them one connection: that is left
    /// for another one, without losing a request.
    private static let maximumBad = 100
    /// Bad requests of whoever goes on nevertheless.
    private static let maximumBadAfterwards = 1_000
    /// CONTINUATION frames, or DATA frames with nothing in them, in a row.
    private static let maximumInRow = 5

    /// What becomes of a connection.
    enum Verdict: Hashable {
        case goOn
        /// It ends behind its streams, and takes no more.
        case leave
        /// It ends at once.
        case end
    }

    private enum Kind {
        static let data: UInt8 = 0x0
        static let headers: UInt8 = 0x1
        static let reset: UInt8 = 0x3
        static let windowUpdate: UInt8 = 0x8
        static let continuation: UInt8 = 0x9
    }

    private static let endStreamFlag: UInt8 = 0x1
    private static let endHeadersFlag: UInt8 = 0x4
    private static let paddedFlag: UInt8 = 0x8
    /// The largest DATA frame that can be nothing but padding: its length in one byte, and so many bytes.
    private static let maximumPadding = 1 + 255

    /// Since when there is a part of a header block, or of a frame's first bytes; `nil` when there is none.
    private(set) var since: NIODeadline?
    private var skipped = FrameWatch.prefaceSize
    private var headCount = 0
    private var length = 0
    private var type: UInt8 = 0
    private var isBlockOpen = false
    /// Whether the length of the padding has to be known, which stands behind the frame's head.
    private var isPadded = false
    private var periodBegan = NIODeadline.uptimeNanoseconds(0)
    private var controls = 0
    private var resets = 0
    private var spoiled = 0
    private var ignored = 0
    private var bad = 0
    private var inRow = 0

    /// Follows bytes that came.
    ///
    /// - Returns: False when the client does what only an attacker does.
    mutating func take(_ bytes: UnsafeRawBufferPointer, at now: NIODeadline) -> Bool {
        if now - self.periodBegan > Self.period {
            self.periodBegan = now
            (self.controls, self.resets, self.spoiled, self.ignored, self.bad) = (0, 0, 0, 0, 0)
        }
        var position = 0
        while position < bytes.count {
            guard self.skipped == 0 else {
                let step = min(self.skipped, bytes.count - position)
                self.skipped -= step
                position += step
                continue
            }
            self.takeHead(bytes[position])
            position += 1
        }
        if !self.isWaiting {
            self.since = nil
        } else if self.since == nil {
            self.since = now
        }
        return self.controls <= Self.maximumControls && self.inRow <= Self.maximumInRow
    }

    /// Counts a stream that the client has reset before it was answered.
    ///
    /// - Returns: False when there were too many.
    mutating func noteReset() -> Bool {
        self.resets += 1
        return self.resets <= Self.maximumResets
    }

    /// Counts a stream that was reset because of what the client sent on it.
    ///
    /// - Returns: False when there were too many.
    mutating func noteSpoiled() -> Bool {
        self.spoiled += 1
        return self.spoiled <= Self.maximumSpoiled
    }

    /// Counts fields that belong to no stream.
    ///
    /// - Returns: False when there were too many.
    mutating func noteIgnored() -> Bool {
        self.ignored += 1
        return self.ignored <= Self.maximumIgnored
    }

    /// Counts a request that is none, or too large.
    ///
    /// - Returns: What becomes of the connection.
    mutating func noteBadRequest() -> Verdict {
        self.bad += 1
        guard self.bad > Self.maximumBad else { return .goOn }
        return self.bad > Self.maximumBadAfterwards ? .end : .leave
    }

    private var isOfBlock: Bool { self.type == Kind.headers || self.type == Kind.continuation }

    private var isWaiting: Bool { self.isBlockOpen || self.headCount > 0 || (self.isOfBlock && self.skipped > 0) }

    /// Takes one of the nine bytes that a frame begins with (RFC 9113, 4.1), and the length of the padding (6.1) where it
    /// may be all there is.
    private mutating func takeHead(_ byte: UInt8) {
        switch self.headCount {
        case 0...2: self.length = self.length << 8 | Int(byte)
        case 3: self.type = byte
        case 4:
            if self.isOfBlock { self.isBlockOpen = byte & Self.endHeadersFlag == 0 }
            self.count(flags: byte)
        case Self.frameHeadSize: self.countData(isEmpty: self.length == 1 + Int(byte))
        case _: break
        }
        self.headCount += 1
        guard self.headCount == Self.frameHeadSize + (self.isPadded ? 1 : 0) else { return }
        self.skipped = self.length - (self.isPadded ? 1 : 0)
        self.isPadded = false
        self.length = 0
        self.headCount = 0
    }

    private mutating func count(flags: UInt8) {
        // A row that was too long stays one: what comes behind it in the same bytes does not mend it.
        guard self.inRow <= Self.maximumInRow else { return }
        switch self.type {
        case Kind.data:
            let endsStream = flags & Self.endStreamFlag != 0
            let mayBePadding = flags & Self.paddedFlag != 0 && (1...Self.maximumPadding).contains(self.length)
            self.isPadded = mayBePadding && !endsStream
            if !self.isPadded { self.countData(isEmpty: self.length == 0 && !endsStream) }
        case Kind.continuation: self.inRow += 1
        case Kind.headers: self.inRow = 0
        case Kind.reset, Kind.windowUpdate: break
        case _: self.controls += 1
        }
    }

    private mutating func countData(isEmpty: Bool) {
        guard self.inRow <= Self.maximumInRow else { return }
        self.inRow = isEmpty ? self.inRow + 1 : 0
    }
}
