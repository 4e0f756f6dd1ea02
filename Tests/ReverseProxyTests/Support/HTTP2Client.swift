import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

@testable import ReverseProxy

/// A connection of a test that speaks HTTP/2 in frames made by hand, valid or not.
final class HTTP2Client: Sendable {
    /// What came on one stream.
    struct Answer {
        var interim: [HPACKHeaders] = []
        var fields = HPACKHeaders()
        var body: [UInt8] = []
        var trailers: HPACKHeaders?
        var isEnded = false
        var resetCode: HTTP2ErrorCode?

        var status: Int? { self.fields.first(name: ":status").flatMap { Int($0) } }
        var text: String { String(decoding: self.body, as: UTF8.self) }

        subscript(name: String) -> String? { self.fields.first(name: name) }
    }

    private let channel: any Channel
    private let inbox: FrameInbox
    private let streamCount = Atomic<Int>(0)

    private init(channel: any Channel, inbox: FrameInbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// Connects; without `opensWindows` bytes of bodies are not acknowledged, so that no more come.
    static func open(port: Int, opensWindows: Bool = true) async throws -> HTTP2Client {
        let inbox = FrameInbox()
        let tls = try TestTLS.client(protocols: ["h2"])
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(try NIOSSLClientHandler(context: tls, serverHostname: nil))
                    try pipeline.addHandler(
                        NIOHTTP2Handler(
                            mode: .client,
                            headerBlockValidation: .disabled,
                            contentLengthValidation: .disabled
                        )
                    )
                    try pipeline.addHandler(FrameRecorder(inbox: inbox, opensWindows: opensWindows))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return HTTP2Client(channel: channel, inbox: inbox)
    }

    /// The fields of a request that has no defect.
    static func fields(
        _ method: String = "GET",
        _ path: String = "/",
        _ more: [(String, String)] = []
    ) -> [(String, String)] {
        [(":method", method), (":scheme", "https"), (":authority", "a"), (":path", path)] + more
    }

    // MARK: - Sending

    /// Begins a stream.
    @discardableResult
    func send(_ fields: [(String, String)], ends: Bool = true) async throws -> HTTP2StreamID {
        let stream = HTTP2StreamID(2 * self.streamCount.add(1, ordering: .relaxed).oldValue + 1)
        try await self.send(fields, on: stream, ends: ends)
        return stream
    }

    func send(_ fields: [(String, String)], on stream: HTTP2StreamID, ends: Bool) async throws {
        try await self.send(.headers(.init(headers: HPACKHeaders(fields), endStream: ends)), on: stream)
    }

    func send(_ data: ByteBuffer, on stream: HTTP2StreamID, ends: Bool = false) async throws {
        try await self.send(.data(.init(data: .byteBuffer(data), endStream: ends)), on: stream)
    }

    func send(_ text: String, on stream: HTTP2StreamID, ends: Bool = false) async throws {
        try await self.send(ByteBuffer(string: text), on: stream, ends: ends)
    }

    func reset(_ stream: HTTP2StreamID, _ code: HTTP2ErrorCode = .cancel) async throws {
        try await self.send(.rstStream(code), on: stream)
    }

    /// Says how many bytes of each body are taken before a window is opened.
    func setInitialWindow(_ size: Int) async throws {
        let setting = HTTP2Setting(parameter: .initialWindowSize, value: size)
        try await self.send(.settings(.settings([setting])), on: .rootStream)
    }

    func openWindow(_ size: Int, of stream: HTTP2StreamID) async throws {
        try await self.openConnection(size)
        try await self.send(.windowUpdate(windowSizeIncrement: size), on: stream)
    }

    /// Lets more come on all streams together.
    func openConnection(_ size: Int) async throws {
        try await self.send(.windowUpdate(windowSizeIncrement: size), on: .rootStream)
    }

    /// Says that no more streams are begun.
    func leave() async throws {
        try await self.send(.goAway(lastStreamID: .rootStream, errorCode: .noError, opaqueData: nil), on: .rootStream)
    }

    /// Takes what comes from the socket, or leaves it there.
    func setReading(_ isReading: Bool) async throws {
        try await self.channel.setOption(.autoRead, value: isReading).get()
    }

    private func send(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID) async throws {
        try await self.channel.writeAndFlush(HTTP2Frame(streamID: stream, payload: payload))
    }

    // MARK: - Receiving

    var settings: HTTP2Settings? { self.inbox.state.withLock { $0.settings } }
    var goAway: HTTP2ErrorCode? { self.inbox.state.withLock { $0.goAway } }
    var isEnded: Bool { self.inbox.state.withLock { $0.isEnded } }

    /// What has come on a stream until now.
    func answer(on stream: HTTP2StreamID) -> Answer {
        self.inbox.state.withLock { $0.answers[stream] ?? Answer() }
    }

    /// Waits until a stream has ended or was reset.
    func wait(for stream: HTTP2StreamID) async throws -> Answer {
        try await self.wait(for: stream) { $0.isEnded || $0.resetCode != nil }
    }

    /// Waits until what came on a stream satisfies a condition.
    @discardableResult
    func wait(for stream: HTTP2StreamID, _ condition: (Answer) -> Bool) async throws -> Answer {
        try await eventually {
            // A copy that is held would make the next bytes copy all that came before.
            self.inbox.state.withLock { condition($0.answers[stream] ?? Answer()) || $0.isEnded }
        }
        return self.answer(on: stream)
    }

    /// Sends a request without a body and waits for the answer.
    func exchange(_ fields: [(String, String)]) async throws -> Answer {
        try await self.wait(for: try await self.send(fields))
    }

    func waitForEnd() async throws {
        try await eventually { self.isEnded }
    }

    func close() async {
        try? await self.channel.close()
    }
}

/// The frames that a client got.
private final class FrameInbox: Sendable {
    struct State {
        var answers: [HTTP2StreamID: HTTP2Client.Answer] = [:]
        var settings: HTTP2Settings?
        var goAway: HTTP2ErrorCode?
        var isEnded = false
    }

    let state = Mutex(State())
}

private final class FrameRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private let inbox: FrameInbox
    private let opensWindows: Bool

    init(inbox: FrameInbox, opensWindows: Bool) {
        self.inbox = inbox
        self.opensWindows = opensWindows
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = self.unwrapInboundIn(data)
        self.inbox.state.withLock { state in
            switch frame.payload {
            case .headers(let headers):
                Self.note(headers, in: &state.answers[frame.streamID, default: HTTP2Client.Answer()])
            case .data(let data):
                guard case .byteBuffer(let bytes) = data.data else { return }
                state.answers[frame.streamID, default: HTTP2Client.Answer()].body
                    .append(
                        contentsOf: bytes.readableBytesView
                    )
                if data.endStream { state.answers[frame.streamID]?.isEnded = true }
            case .rstStream(let code):
                state.answers[frame.streamID, default: HTTP2Client.Answer()].resetCode = code
            case .settings(.settings(let settings)): state.settings = settings
            case .goAway(_, let code, _): state.goAway = code
            case .settings(.ack), .ping, .priority, .pushPromise, .windowUpdate, .alternativeService, .origin: break
            }
        }
        guard self.opensWindows, case .data(let data) = frame.payload, data.data.readableBytes > 0 else { return }
        let update = HTTP2Frame.FramePayload.windowUpdate(windowSizeIncrement: data.data.readableBytes)
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: update)), promise: nil)
        if !data.endStream {
            context.write(self.wrapOutboundOut(HTTP2Frame(streamID: frame.streamID, payload: update)), promise: nil)
        }
        context.flush()
    }

    private static func note(_ frame: HTTP2Frame.FramePayload.Headers, in answer: inout HTTP2Client.Answer) {
        if answer.status != nil {
            answer.trailers = frame.headers
        } else if frame.headers.first(name: ":status")?.hasPrefix("1") == true {
            answer.interim.append(frame.headers)
        } else {
            answer.fields = frame.headers
        }
        if frame.endStream { answer.isEnded = true }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.inbox.state.withLock { $0.isEnded = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A test may have sent what this side takes for an error too; what counts is what came.
    }
}
