import HTTP2Framing
import NIOCore
import Testing

@Suite("A session of HTTP/2")
struct HTTP2SessionTests {
    private static let preface = HTTP2AbuseTests.preface + HTTP2AbuseTests.frame(4)
    private static let reset: UInt8 = 0x3
    private static let large = [(":status", "200"), ("x", String(repeating: "a", count: 10_000))]

    private let session = HTTP2Session(
        limits: HTTP2Limits(maximumStreams: 100, windowSize: 65_535, maximumHeaderListSize: 65_536)
    )

    private static func request(_ index: Int) -> [UInt8] {
        HTTP2AbuseTests.frame(1, flags: 5, stream: UInt32(2 * index + 1), HTTP2AbuseTests.get)
    }

    private static func cancelled(_ index: Int) -> [UInt8] {
        self.request(index) + HTTP2AbuseTests.frame(self.reset, stream: UInt32(2 * index + 1), [0, 0, 0, 8])
    }

    private func take(_ bytes: [UInt8], _ client: Recorder) -> Bool {
        bytes.withUnsafeBytes { self.session.take($0, client) }
    }

    /// Sends frames of one kind until there are too many, and gives how many there were.
    private func countUntilRefused(_ client: Recorder, _ frames: (Int) -> [UInt8]) -> Int? {
        guard self.take(Self.preface, client) else { return nil }
        return (0..<20_000).first { !self.take(frames($0), client) }
    }

    /// The types of the frames that are to be sent, on streams or on the connection.
    private func given(to client: Recorder, onStreams: Bool = true) -> [UInt8] {
        var types: [UInt8] = []
        while var bytes = self.session.give(client) {
            while let head = bytes.readBytes(length: 9) {
                bytes.moveReaderIndex(forwardBy: Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2]))
                if head[5...].contains(where: { $0 != 0 }) == onStreams { types.append(head[3]) }
            }
        }
        return types
    }

    @Test func refusalsThatNobodyReadsHaveABound() {
        // The limit of streams is one only when the client has acknowledged it.
        let client = Recorder(self.session)
        let count = self.countUntilRefused(client, Self.request)
        #expect(count.map { (2_050...2_150).contains($0) } == true)
        #expect(self.session.queuedFrames == 2_001)
        // The first of them is never counted by itself: it may be the last.
        #expect(client.ignored == (count ?? 0) - 100)
    }

    @Test func answersThatNobodyReadsHaveABound() {
        let count = self.countUntilRefused(Recorder(self.session, answer: [(":status", "200")]), Self.cancelled)
        #expect(count.map { (1_950...2_000).contains($0) } == true)
        #expect(self.session.queuedFrames == 2_001)
    }

    @Test func largeAnswersThatNobodyReadsHaveABound() {
        let client = Recorder(self.session, answer: Self.large)
        let size = 100 * 32_768
        #expect(self.countUntilRefused(client, Self.cancelled) == size / HeaderBlock(Self.large).listSize)
    }

    @Test func whatIsReadIsNotCounted() {
        let client = Recorder(self.session, answer: Self.large)
        #expect(self.take(Self.preface, client))
        for index in 0..<1_000 {
            #expect(self.take(Self.request(index), client))
            #expect(self.given(to: client) == [0x1])
        }
        #expect(self.session.queuedFrames == 0)
    }

    @Test func aResetIsNotAnsweredByOne() {
        let client = Recorder(self.session, answer: [(":status", "200")])
        #expect(self.take(Self.preface + Self.cancelled(0), client))
        #expect(self.given(to: client) == [])
        #expect(self.take(Self.request(1), client))
        #expect(self.given(to: client) == [0x1])
    }

    @Test func anAnswerThatCannotBeWrittenIsAReset() {
        let answer = [(":status", "200"), ("x", String(repeating: "{", count: 100_000))]
        let client = Recorder(self.session, answer: answer)
        #expect(self.take(Self.preface + Self.request(0), client))
        #expect(self.given(to: client) == [Self.reset])
    }

    /// The answer to the PING says that the client knows of GOAWAY, since it came behind that; then no stream is cut off
    /// that the client began before (RFC 9113, 6.8).
    @Test func whoLeavesAsksBehindGoAway() {
        let client = Recorder(self.session, answer: [(":status", "200")])
        #expect(self.take(Self.preface, client))
        #expect(self.given(to: client, onStreams: false) == [0x4, 0x4])
        self.session.leave()
        #expect(self.given(to: client, onStreams: false) == [0x7, 0x6])
        #expect(self.take(Self.request(0), client))
        #expect(self.given(to: client) == [0x1])
    }

    /// An idle connection lets go of memory at each tick, which may lie between any two bytes.
    @Test(arguments: 0...Self.request(0).count)
    func aRequestMayComeInTwoParts(_ position: Int) {
        let client = Recorder(self.session)
        let request = Self.request(0)
        #expect(self.take(Self.preface + request[..<position], client))
        self.session.trim()
        #expect(self.take(Array(request[position...]), client))
        #expect(client.requests == 1 && client.fieldCount == 4)
    }

    /// What lies behind the end of a connection in the same bytes is not read.
    @Test func theEndIsAtOnce() {
        let client = Recorder(self.session, endsConnection: true)
        #expect(!self.take(Self.preface + Self.request(0) + Self.request(1), client))
        #expect(client.requests == 1)
        #expect(!self.take(Self.request(2), client))
        #expect(client.requests == 1)
        _ = self.given(to: client)
        #expect(self.session.isOver)
    }
}

/// Answers every request at once, and counts.
private final class Recorder: HTTP2SessionDelegate {
    private let session: HTTP2Session
    private let answer: HeaderBlock?
    private let endsConnection: Bool
    private(set) var requests = 0
    private(set) var ignored = 0
    /// Of the last request.
    private(set) var fieldCount = 0

    init(_ session: HTTP2Session, answer: [(String, String)]? = nil, endsConnection: Bool = false) {
        self.session = session
        self.answer = answer.map { HeaderBlock($0) }
        self.endsConnection = endsConnection
    }

    func receivedRequest(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool) {
        self.requests += 1
        self.fieldCount = block.fields.count
        if let answer = self.answer { self.session.submitAnswer(answer, on: stream, endsStream: true) }
        if self.endsConnection { self.session.terminate(.enhanceYourCalm) }
    }

    func spoiled() {}

    func ignoredFields() { self.ignored += 1 }

    func nextBody(on stream: Int32, atMost size: Int) -> HTTP2BodyStep { .unknown }

    func writeBody(_ size: Int, on stream: Int32, to output: inout ByteBuffer) -> Bool { false }

    func receivedTrailers(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool) {}
    func received(_ data: UnsafeRawBufferPointer, on stream: Int32) {}
    func receivedEnd(on stream: Int32) {}
    func receivedAcknowledgement() {}
    func sentEnd(on stream: Int32) {}
    func closed(_ stream: Int32, errorCode: UInt32) {}
}
