import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import ReverseProxy

/// A listener with the data plane on it, and a small control plane of swift-nio's own HTTP handlers behind.
final class TestGateway: Sendable {
    let proxy: ReverseProxy
    let sessions: TestSessions
    let directory: SessionDirectory
    private let channel: any Channel
    private let counter: Counter

    /// The connections that were accepted, the closed ones too.
    var accepted: [any Channel] { self.counter.accepted.withLock { $0 } }

    private init(
        proxy: ReverseProxy,
        sessions: TestSessions,
        directory: SessionDirectory,
        channel: any Channel,
        controlPlanes: Counter
    ) {
        self.proxy = proxy
        self.sessions = sessions
        self.directory = directory
        self.channel = channel
        self.counter = controlPlanes
    }

    final class Counter: Sendable {
        let value = Atomic<Int>(0)
        let accepted = Mutex<[any Channel]>([])
    }

    var installations: Int { self.counter.value.load(ordering: .sequentiallyConsistent) }
    var port: Int { self.channel.localAddress?.port ?? 0 }

    /// Starts a gateway in front of one upstream, which asks for no session unless told.
    static func start(
        _ upstream: TestUpstream,
        authentication: Route.Authentication = .none,
        halfClosure: Bool = false,
        tls: NIOSSLContext? = nil,
        sessions: TestSessions = TestSessions(),
        identityHeaders: IdentityHeaders = .forwarded,
        route change: (inout Route) -> Void = { _ in },
        configuration configure: (inout ReverseProxyConfiguration) -> Void = { _ in }
    ) async throws -> TestGateway {
        var route = Route(upstreams: try Self.urls(upstream.port), authentication: authentication)
        change(&route)
        return try await .start(
            routes: [route],
            halfClosure: halfClosure,
            tls: tls,
            sessions: sessions,
            identityHeaders: identityHeaders,
            configuration: configure
        )
    }

    static func urls(_ port: Int) throws -> [UpstreamURL] {
        [try #require(UpstreamURL("http://127.0.0.1:\(port)"))]
    }

    static func start(
        routes: [Route],
        halfClosure: Bool = false,
        tls: NIOSSLContext? = nil,
        sessions: TestSessions = TestSessions(),
        identityHeaders: IdentityHeaders = .forwarded,
        directory given: SessionDirectory? = nil,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        configuration configure: (inout ReverseProxyConfiguration) -> Void = { _ in }
    ) async throws -> TestGateway {
        // A busy machine may take its time with what a client or a connection does here; the tests of deadlines set their
        // own.
        let patient = routes.map { route in
            var route = route
            if route.timeouts.connect == Route.Timeouts().connect { route.timeouts.connect = .seconds(300) }
            return route
        }
        var configuration = ReverseProxyConfiguration(routes: try RouteTable(patient))
        configuration.headTimeout = .seconds(300)
        configure(&configuration)
        let directory = given ?? sessions.directory(identityHeaders: identityHeaders)
        let proxy = try ReverseProxy(
            configuration: configuration,
            sessions: directory,
            renderErrorPage: { error, id, way in
                Array("<p>\(error.rawValue) \(id)\(way.map { " \($0)" } ?? "")</p>".utf8)
            },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let counter = Counter()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: halfClosure)
            .childChannelInitializer { channel in
                counter.accepted.withLock { $0.append(channel) }
                return channel.eventLoop.makeCompletedFuture {
                    guard try proxy.admit(channel, refusal: tls == nil ? .answered : .closed) else { return }
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try proxy.takeOver(channel) { channel in
                        counter.value.add(1, ordering: .sequentiallyConsistent)
                        return channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                                withPipeliningAssistance: false
                            )
                            try channel.pipeline.syncOperations.addHandler(ControlHandler())
                        }
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return TestGateway(
            proxy: proxy,
            sessions: sessions,
            directory: directory,
            channel: channel,
            controlPlanes: counter
        )
    }

    func connect(half: Bool = false) async throws -> RawConnection {
        try await .open(port: self.port, half: half)
    }

    /// Sends one request on a connection of its own and reads the answer.
    func exchange(_ request: String, isHEAD: Bool = false) async throws -> HTTPText {
        let connection = try await self.connect()
        try await connection.send(request)
        let answer = try await connection.readMessage(isHEAD: isHEAD)
        await connection.close()
        return answer
    }

    func stop() async {
        try? await self.channel.close()
        await self.proxy.stop()
    }
}

/// Answers with what it saw.
final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var text = ""
    private var isChunked = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head):
            self.text = "control \(head.method.rawValue) \(head.uri)"
            self.isChunked = head.uri.hasSuffix("/chunked")
        case .body(let body):
            self.text += " \(String(buffer: body))"
        case .end:
            var headers = HTTPHeaders()
            if self.isChunked {
                headers.add(name: "Transfer-Encoding", value: "chunked")
            } else {
                headers.add(name: "Content-Length", value: "\(self.text.utf8.count)")
            }
            let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
            context.write(self.wrapOutboundOut(.head(head)), promise: nil)
            context.write(self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: self.text)))), promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
