import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// One TCP connection of a test, as bytes: the client's side or the upstream's.
final class RawConnection: Sendable {
    struct TimedOut: Error {}

    let channel: any Channel
    fileprivate let inbox: Inbox

    init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    static func open(port: Int, half: Bool = false, tls: NIOSSLContext? = nil) async throws -> RawConnection {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: half)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: nil)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox: inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return RawConnection(channel: channel, inbox: inbox)
    }

    func send(_ text: String) async throws {
        try await self.channel.writeAndFlush(ByteBuffer(string: text))
    }

    func send(_ bytes: ByteBuffer) async throws {
        try await self.channel.writeAndFlush(bytes)
    }

    /// Bytes received and not yet taken.
    var buffered: String { String(decoding: self.inbox.bytes, as: UTF8.self) }

    /// How many bytes were received and not yet taken.
    var bufferedCount: Int { self.inbox.count }

    var isEnded: Bool { self.inbox.isEnded }

    var wasReset: Bool { self.inbox.wasReset }

    /// Waits until what was received satisfies a condition or the connection ends; takes nothing.
    func wait(_ condition: @escaping @Sendable ([UInt8]) -> Bool) async throws {
        try await self.inbox.wait(condition)
    }

    /// Takes so many bytes.
    func take(_ count: Int) -> [UInt8] { self.inbox.take(count) }

    /// Waits for the text that ends a head and takes it.
    func readHead() async throws -> String {
        try await self.wait { HTTPText.headEnd($0) != nil }
        guard let end = HTTPText.headEnd(self.inbox.bytes) else { return "" }
        return String(decoding: self.take(end), as: UTF8.self)
    }

    /// Reads a whole request or response with a length or chunks.
    func readMessage(isHEAD: Bool = false) async throws -> HTTPText {
        let head = try await self.readHead()
        var message = HTTPText(head: head)
        if isHEAD || message.status == 204 || message.status == 304 || (100..<200).contains(message.status ?? 0) {
            return message
        }
        if let length = message["Content-Length"].flatMap({ Int($0) }) {
            try await self.wait { $0.count >= length }
            message.body = self.take(length)
        } else if message["Transfer-Encoding"] != nil {
            try await self.wait { HTTPText.chunkedEnd($0) != nil }
            let end = HTTPText.chunkedEnd(self.inbox.bytes) ?? 0
            message.rawBody = self.take(end)
            message.body = HTTPText.dechunk(message.rawBody)
        } else if message.status != nil {
            try await self.waitForEnd()
            message.body = self.take(.max)
        }
        return message
    }

    func waitForEnd() async throws {
        try await self.inbox.wait { _ in false }
    }

    func close() async {
        try? await self.channel.close()
    }

    func closeOutput() async throws {
        try await self.channel.close(mode: .output)
    }
}

/// What a connection received.
final class Inbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isEnded = false
        var wasReset = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var bytes: [UInt8] { self.state.withLock { $0.bytes } }
    var count: Int { self.state.withLock { $0.bytes.count } }
    var isEnded: Bool { self.state.withLock { $0.isEnded } }
    var wasReset: Bool { self.state.withLock { $0.wasReset } }

    func add(_ buffer: ByteBuffer) { self.change { $0.bytes.append(contentsOf: buffer.readableBytesView) } }
    func end() { self.change { $0.isEnded = true } }
    func reset() { self.change { $0.wasReset = true } }

    func take(_ count: Int) -> [UInt8] {
        self.state.withLock { state in
            let taken = Array(state.bytes.prefix(count))
            state.bytes.removeFirst(taken.count)
            return taken
        }
    }

    func wait(_ condition: @escaping @Sendable ([UInt8]) -> Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    await withCheckedContinuation { continuation in
                        let isDone = self.state.withLock { state in
                            if state.isEnded || condition(state.bytes) { return true }
                            state.waiters.append(continuation)
                            return false
                        }
                        if isDone { continuation.resume() }
                    }
                    if self.state.withLock({ $0.isEnded || condition($0.bytes) }) { return }
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(120))
                throw RawConnection.TimedOut()
            }
            defer {
                group.cancelAll()
                self.change { _ in }
            }
            try await group.next()
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiters = self.state.withLock { state in
            body(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

final class InboxHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let inbox: Inbox

    init(inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { self.inbox.add(self.unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { self.inbox.end() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if (error as? IOError)?.errnoCode == 104 { self.inbox.reset() }
        context.close(promise: nil)
    }
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent { self.inbox.end() }
    }
}
