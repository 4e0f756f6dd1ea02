import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What one handler writes to its connection: straight to the socket where nothing is in the way, through the channel
/// otherwise.
///
///     write ──> held ──flush──> send(2) ──> whatever the socket did not take ──> channel
///                 └── a second write before the flush, another handler before it ────┘
///
/// A channel takes bytes through its pipeline into a queue, and from there to the socket: a quarter of what a request costs
/// in user space (Docs/Decisions/0046). While that queue is empty, one piece of bytes can be sent without it. Bytes never
/// overtake others: once something went to the channel, all that follows goes there until the channel has nothing left to
/// send.
///
/// A socket that is not connected yet is the channel's: what is written then waits there.
///
/// The handler must be the only one that writes to the channel, or tell ``write(_:promise:)`` of what others write.
final class ConnectionOutput {
    /// A socket that takes bytes as they are.
    private struct Socket {
        /// The channel that owns it.
        ///
        /// Only while it is active is the descriptor its own. When a channel closes its socket it is inactive at once, and tells
        /// its first handler so, which ends this. Those hear of it before whose bytes the channel had and does not send: they
        /// may write, and what ``passed`` says keeps that from the socket.
        let channel: any Channel
        let descriptor: CInt
    }

    /// What the channel was given.
    private enum Passed {
        /// Nothing that it has not sent.
        case nothing
        /// Bytes that it is to send at the next flush.
        case unflushed
        /// Bytes that it may still have to send.
        case flushed
    }

    /// Whether bytes may go to the socket as they are.
    private let isFirst: Bool
    // Used on the channel's event loop only: see LoopContext for why the checks are off.
    @exclusivity(unchecked) private var context: ChannelHandlerContext?
    @exclusivity(unchecked) private var socket: Socket?
    @exclusivity(unchecked) private var held: ByteBuffer?
    @exclusivity(unchecked) private var passed = Passed.nothing

    /// - Parameter isFirst: Whether no other handler, such as one for TLS, will be between the writing one and the socket.
    init(isFirst: Bool) {
        self.isFirst = isFirst
    }

    /// Begins to write where the handler was added.
    func begin(_ context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { self.open() }
    }

    /// Goes on once the socket is connected.
    func open() {
        guard self.isFirst, let channel = self.context?.channel else { return }
        let operations = channel.pipeline.syncOperations
        let descriptor = try? operations.withUnsafeTransportIfAvailable { (handle: CInt) in handle }
        self.socket = descriptor.map { Socket(channel: channel, descriptor: $0) }
    }

    /// Forgets the connection, as soon as its channel is inactive.
    func end() {
        self.context = nil
        self.socket = nil
        self.held = nil
        self.passed = .nothing
    }

    /// Writes bytes, which are sent by the next flush.
    @inline(__always)
    func write(_ bytes: ByteBuffer) {
        if self.socket != nil, self.held == nil, self.passed != .unflushed {
            self.held = bytes
        } else {
            self.write(bytes, promise: nil)
        }
    }

    /// Writes bytes through the channel.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - promise: Kept when they were sent.
    func write(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>?) {
        guard let context = self.context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        self.passed = .unflushed
        if let held = self.held.take() { context.write(NIOAny(held), promise: nil) }
        context.write(NIOAny(bytes), promise: promise)
    }

    /// Sends what was written.
    @inline(__always)
    func flush() {
        guard var bytes = self.held.take() else {
            guard self.passed == .unflushed else { return }
            self.passed = .flushed
            self.context?.flush()
            return
        }
        guard !self.send(&bytes) else { return }
        self.passed = .flushed
        self.context?.writeAndFlush(NIOAny(bytes), promise: nil)
    }

    /// Sends what was written; the future is kept when all of it was sent, and fails when the connection broke before.
    func flushed() -> EventLoopFuture<Void>? {
        guard let context = self.context else { return nil }
        let promise = context.eventLoop.makePromise(of: Void.self)
        self.write(ByteBuffer(), promise: promise)
        self.flush()
        return promise.futureResult
    }

    /// Sends bytes straight to the socket, as many as it takes at once; false if some are left.
    ///
    /// When the socket fails, all are left: the channel meets a failure too, and tells it.
    @inline(__always)
    private func send(_ bytes: inout ByteBuffer) -> Bool {
        guard let descriptor = self.socket?.descriptor, self.isChannelDone() else { return false }
        assert(self.socket?.channel.isActive == true, "the descriptor may be another's")
        let count = bytes.withUnsafeReadableBytes { Self.send(descriptor, $0) }
        guard count > 0 else { return bytes.readableBytes == 0 }
        bytes.moveReaderIndex(forwardBy: count)
        return bytes.readableBytes == 0
    }

    /// Whether the channel has sent all that it was given.
    @inline(__always)
    private func isChannelDone() -> Bool {
        switch self.passed {
        case .nothing: return true
        case .unflushed: return false
        case .flushed:
            // A channel that has closed tells nothing.
            let unsent = try? self.socket?.channel.syncOptions?.getOption(.bufferedWritableBytes)
            guard unsent == 0 else { return false }
            self.passed = .nothing
            return true
        }
    }

    @inline(__always)
    private static func send(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
        #elseif canImport(Musl)
        Musl.send(descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT | MSG_NOSIGNAL)
        #else
        // A SIGPIPE is turned off by the socket's option, which SwiftNIO sets.
        Darwin.send(descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
        #endif
    }
}
