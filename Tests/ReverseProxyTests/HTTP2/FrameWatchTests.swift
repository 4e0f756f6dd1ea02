import NIOCore
import Testing

@testable import ReverseProxy

@Suite("Watching the frames of a client")
struct FrameWatchTests {
    private static let preface = HTTP2AbuseTests.preface
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    /// Whether a client may go on that has sent so many frames.
    private static func allows(_ frame: [UInt8], _ count: Int) -> Bool {
        var watch = FrameWatch()
        return watch.taking(Self.preface) && (0..<count).allSatisfy { _ in watch.taking(frame) }
    }

    @Test(
        "counts what costs a client nothing",
        arguments: [
            (UInt8(0x2), 1_000), (0x4, 1_000), (0x6, 1_000), (0x7, 1_000), (0x50, 1_000), (0x9, 5),
            (0x0, 5),
        ]
    )
    func counts(_ type: UInt8, _ maximum: Int) {
        let frame = HTTP2AbuseTests.frame(type, stream: 1)
        #expect(Self.allows(frame, maximum))
        #expect(!Self.allows(frame, maximum + 1))
    }

    @Test("counts DATA that is nothing but padding", arguments: [0, 1, 255])
    func countsPadding(_ padding: Int) {
        let pad = [UInt8(padding)] + [UInt8](repeating: 0, count: padding)
        let empty = HTTP2AbuseTests.frame(0x0, flags: 8, stream: 1, pad)
        #expect(Self.allows(empty, 5))
        #expect(!Self.allows(empty, 6))
        let ping = HTTP2AbuseTests.frame(0x6, [UInt8](repeating: 0, count: 8))
        #expect(!Self.allows(empty + ping, 6), "What is behind it is read on.")
    }

    @Test(
        "counts nothing else",
        arguments: [
            HTTP2AbuseTests.frame(0x0, stream: 1, [0x61]), HTTP2AbuseTests.frame(0x0, flags: 1, stream: 1),
            HTTP2AbuseTests.frame(0x1, flags: 5, stream: 1, HTTP2AbuseTests.get),
            HTTP2AbuseTests.frame(0x8, stream: 1, [0, 0, 0, 1]), HTTP2AbuseTests.frame(0x3, stream: 1, [0, 0, 0, 8]),
            HTTP2AbuseTests.frame(0x0, flags: 8, stream: 1, [2, 0x61, 0, 0]),
            HTTP2AbuseTests.frame(0x0, flags: 9, stream: 1, [2, 0, 0]),
        ]
    )
    func countsNothingElse(_ frame: [UInt8]) {
        #expect(Self.allows(frame, 5_000))
    }

    @Test func forgetsAfterHalfAMinute() {
        var watch = FrameWatch()
        _ = watch.taking(Self.preface)
        let ping = HTTP2AbuseTests.frame(0x6, [UInt8](repeating: 0, count: 8))
        for _ in 0..<1_000 {
            let isAllowed = watch.taking(ping)
            #expect(isAllowed)
            _ = (watch.noteReset(), watch.noteSpoiled(), watch.noteIgnored(), watch.noteBadRequest())
        }
        let later = (0..<1_001).map { _ in watch.taking(ping, at: Self.start + .seconds(31)) }
        #expect(later.firstIndex(of: false) == 1_000)
        let notes = [watch.noteReset(), watch.noteSpoiled(), watch.noteIgnored(), watch.noteBadRequest() == .goOn]
        #expect(notes == [true, true, true, true])
    }

    @Test func countsWhatIsToldOfStreams() {
        func first(_ note: (inout FrameWatch) -> Bool) -> Int? {
            var watch = FrameWatch()
            return (0..<1_100).firstIndex { _ in !note(&watch) }
        }
        #expect(first { $0.noteReset() } == 500)
        #expect(first { $0.noteSpoiled() } == 100)
        #expect(first { $0.noteIgnored() } == 1_000)
        #expect(first { $0.noteBadRequest() == .goOn } == 100)
        #expect(first { $0.noteBadRequest() != .end } == 1_000)
    }

    @Test func knowsSinceWhenABlockIsUnderWay() {
        var watch = FrameWatch()
        let block = HTTP2AbuseTests.frame(0x1, stream: 1, HTTP2AbuseTests.get)
        let rest = HTTP2AbuseTests.frame(0x9, flags: 4, stream: 1)
        for byte in Self.preface {
            let isAllowed = watch.taking([byte])
            #expect(isAllowed && watch.since == nil)
        }
        for (index, byte) in (block + rest).enumerated() {
            let isAllowed = watch.taking([byte], at: Self.start + .seconds(Int64(index)))
            #expect(isAllowed)
            #expect(watch.since == (index + 1 < block.count + rest.count ? Self.start : nil))
        }
    }
}

extension FrameWatch {
    fileprivate mutating func taking(
        _ bytes: [UInt8],
        at now: NIODeadline = .uptimeNanoseconds(1_000_000_000_000)
    ) -> Bool {
        bytes.withUnsafeBytes { self.take($0, at: now) }
    }
}
