import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

@testable import ReverseProxy

/// A server behind the gateway that speaks HTTP/2 in frames made by hand, valid or not: each stream runs a script.
final class TestHTTP2Upstream: Sendable {
    typealias Script = @Sendable (Stream) async throws -> Void

    /// What came on one stream.
    struct Request {
        var fields = HPACKHeaders()
        var body: [UInt8] = []
        var trailers: HPACKHeaders?
        var isEnded = false
        var resetCode: HTTP2ErrorCode?

        var text: String { String(decoding: self.body, as: UTF8.self) }

        subscript(name: String) -> String? { self.fields.first(name: name) }
    }

    /// One stream of a connection.
    struct Stream: Sendable {
        let id: HTTP2StreamID
        let connection: Connection

        var request: Request { self.connection.requests.withLock { $0[self.id] ?? Request() } }

        /// Waits until what came satisfies a condition, or the connection ends.
        @discardableResult
        func wait(_ condition: (Request) -> Bool) async throws -> Request {
            try await eventually {
                // A copy that is held would make the next bytes copy all that came before.
                self.connection.requests.withLock { condition($0[self.id] ?? Request()) } || self.connection.isEnded
            }
            return self.request
        }

        func send(_ fields: [(String, String)], ends: Bool = false) async throws {
            try await self.send(.headers(.init(headers: HPACKHeaders(fields), endStream: ends)))
        }

        func send(_ text: String, ends: Bool = false) async throws {
            try await self.send(ByteBuffer(string: text), ends: ends)
        }

        func send(_ data: ByteBuffer, ends: Bool = false) async throws {
            try await self.send(.data(.init(data: .byteBuffer(data), endStream: ends)))
        }

        func reset(_ code: HTTP2ErrorCode) async throws {
            try await self.send(.rstStream(code))
        }

        func openWindow(_ size: Int) async throws {
            try await self.connection.send(.windowUpdate(windowSizeIncrement: size), on: .rootStream)
            try await self.send(.windowUpdate(windowSizeIncrement: size))
        }

        private func send(_ payload: HTTP2Frame.FramePayload) async throws {
            try await self.connection.send(payload, on: self.id)
        }
    }

    /// One connection of the gateway's.
    final class Connection: Sendable {
        let channel: any Channel
        let requests = Mutex<[HTTP2StreamID: Request]>([:])
        private let end = Atomic<Bool>(false)

        init(channel: any Channel) {
            self.channel = channel
        }

        var isEnded: Bool { self.end.load(ordering: .sequentiallyConsistent) }

        func noteEnd() { self.end.store(true, ordering: .sequentiallyConsistent) }

        func send(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID) async throws {
            try await self.channel.writeAndFlush(HTTP2Frame(streamID: stream, payload: payload))
        }

        func goAway(last: HTTP2StreamID) async throws {
            try await self.send(.goAway(lastStreamID: last, errorCode: .noError, opaqueData: nil), on: .rootStream)
        }
    }

    private let channel: any Channel
    private let list: ConnectionList
    private let scheme: String

    private init(channel: any Channel, connections: ConnectionList, scheme: String) {
        self.channel = channel
        self.list = connections
        self.scheme = scheme
    }

    /// The connections that were accepted, the closed ones too.
    var connections: [Connection] { self.list.all.withLock { $0 } }
    var accepted: Int { self.connections.count }
    var open: Int { self.connections.count { !$0.isEnded } }
    var port: Int { self.channel.localAddress?.port ?? 0 }
    var urls: [UpstreamURL] { [UpstreamURL("\(self.scheme)://127.0.0.1:\(self.port)")].compactMap { $0 } }

    static func start(
        tls: NIOSSLContext? = nil,
        settings: HTTP2Settings = [],
        opensWindows: Bool = true,
        _ script: @escaping Script
    ) async throws -> TestHTTP2Upstream {
        let list = ConnectionList()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                let connection = Connection(channel: channel)
                list.all.withLock { $0.append(connection) }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.addHandler(
                        NIOHTTP2Handler(
                            mode: .server,
                            initialSettings: settings,
                            headerBlockValidation: .disabled,
                            contentLengthValidation: .disabled
                        )
                    )
                    try pipeline.addHandler(
                        RequestRecorder(connection: connection, opensWindows: opensWindows, script: script)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestHTTP2Upstream(channel: channel, connections: list, scheme: tls == nil ? "h2c" : "h2")
    }

    /// Answers every request with what it received: fields, body and trailers.
    static func echo(tls: NIOSSLContext? = nil, settings: HTTP2Settings = []) async throws -> TestHTTP2Upstream {
        try await .start(tls: tls, settings: settings) { stream in
            let request = try await stream.wait { $0.isEnded }
            let lines = (Array(request.fields) + Array(request.trailers ?? HPACKHeaders()))
                .map { "\($0.name): \($0.value)" }
            try await stream.send([(":status", "200"), ("x-echo", "1")])
            try await stream.send(lines.joined(separator: "\n") + "\n\n" + request.text, ends: true)
        }
    }

    func stop() async {
        try? await self.channel.close()
        for connection in self.connections { try? await connection.channel.close() }
    }

    func waitUntilOpen(_ count: Int) async throws {
        try await eventually { self.open == count }
    }
}

private final class ConnectionList: Sendable {
    let all = Mutex<[TestHTTP2Upstream.Connection]>([])
}

private final class RequestRecorder: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private let connection: TestHTTP2Upstream.Connection
    private let opensWindows: Bool
    private let script: TestHTTP2Upstream.Script

    init(connection: TestHTTP2Upstream.Connection, opensWindows: Bool, script: @escaping TestHTTP2Upstream.Script) {
        self.connection = connection
        self.opensWindows = opensWindows
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = self.unwrapInboundIn(data)
        let isNew = self.connection.requests.withLock { requests in
            let isNew = requests[frame.streamID] == nil && frame.streamID != .rootStream
            switch frame.payload {
            case .headers(let headers):
                if isNew {
                    requests[frame.streamID, default: .init()].fields = headers.headers
                } else {
                    requests[frame.streamID]?.trailers = headers.headers
                }
                if headers.endStream { requests[frame.streamID]?.isEnded = true }
            case .data(let data):
                guard case .byteBuffer(let bytes) = data.data else { return false }
                requests[frame.streamID]?.body.append(contentsOf: bytes.readableBytesView)
                if data.endStream { requests[frame.streamID]?.isEnded = true }
            case .rstStream(let code): requests[frame.streamID]?.resetCode = code
            case .settings, .ping, .priority, .pushPromise, .goAway, .windowUpdate, .alternativeService, .origin:
                return false
            }
            return isNew
        }
        if isNew {
            let stream = TestHTTP2Upstream.Stream(id: frame.streamID, connection: self.connection)
            let script = self.script
            Task { try? await script(stream) }
        }
        guard self.opensWindows, case .data(let data) = frame.payload, data.data.readableBytes > 0 else { return }
        let update = HTTP2Frame.FramePayload.windowUpdate(windowSizeIncrement: data.data.readableBytes)
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: update)), promise: nil)
        if !data.endStream {
            context.write(self.wrapOutboundOut(HTTP2Frame(streamID: frame.streamID, payload: update)), promise: nil)
        }
        context.flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.connection.noteEnd()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A test may send what this side takes for an error too; what counts is what came.
    }
}
