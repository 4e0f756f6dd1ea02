import NIOCore
import SocketPolling

/// What one handler reads from its connection: straight from the socket where nothing is in the way, through the channel
/// otherwise.
///
///     bytes arrive ──SocketPoll──> recv(2) ──take──> … ──finishTaking──> read ──> …
///         └── another handler before it, no epoll: channel ── channelRead, channelReadComplete ──┘
///
/// A channel reads through its pipeline and looks a dozen times at what state it is in: a fifth of what a WebSocket message
/// costs (Docs/Decisions/0049). It still owns the connection, and tells of its end: SwiftNIO hears of that by itself, and
/// then reads what is left, so a reader takes bytes from both.
///
/// As with a channel, each ``read()`` asks for the bytes of one reading, so that whoever has enough asks for no more.
///
/// Whoever has one passes on what its channel asks of it (`read(context:)`) by ``readAtOnce()``.
final class ConnectionInput: ReadableSocket {
    /// Who takes what is read.
    protocol Reader: AnyObject {
        /// Takes bytes.
        func take(_ bytes: ByteBuffer)
        /// Goes on after bytes were taken, for as many as came at once.
        func finishTaking()
    }

    /// A socket that is read as it is.
    private struct Socket {
        let channel: any Channel
        let descriptor: CInt
        var place: SocketPoll.Place?
    }

    /// How often a socket is read until others have their turn, as often as by SwiftNIO.
    private static let readingsAtOnce = 4
    /// How often one is read that may have no other turn: more than the kernel keeps for it by default.
    private static let lastReadings = 128

    private let sockets: LoopSockets
    /// Whether bytes may come from the socket as they are.
    private let isFirst: Bool
    // Used on the channel's event loop only: see LoopContext for why the checks are off.
    @exclusivity(unchecked) private var reader: (any Reader)?
    @exclusivity(unchecked) private var context: ChannelHandlerContext?
    @exclusivity(unchecked) private var socket: Socket?
    @exclusivity(unchecked) private var sizes = ReadSizes()
    /// Whether bytes were asked for.
    @exclusivity(unchecked) private var isWanted = true
    /// Whether the socket may have bytes that it was not asked for.
    @exclusivity(unchecked) private var isReady = false
    @exclusivity(unchecked) private var isReadingAtOnce = false

    /// - Parameters:
    ///   - sockets: What the connections of the event loop read with.
    ///   - isFirst: Whether no other handler, such as one for TLS, will be between the reading one and the socket.
    init(_ sockets: LoopSockets, isFirst: Bool) {
        self.sockets = sockets
        self.isFirst = isFirst
    }

    /// Whether the socket is read as it is, so that the channel does not ask for more when something was taken.
    var isDirect: Bool { self.socket != nil }

    /// Begins to read where the handler was added.
    func begin(_ context: ChannelHandlerContext, _ reader: any Reader) {
        self.context = context
        self.reader = reader
        let channel = context.channel
        let operations = channel.pipeline.syncOperations
        guard self.isFirst, self.sockets.poll != nil,
            let descriptor = try? operations.withUnsafeTransportIfAvailable({ (handle: CInt) in handle })
        else { return }
        self.socket = Socket(channel: channel, descriptor: descriptor)
        if channel.isActive { self.open() }
    }

    /// Goes on once the socket is connected.
    func open() {
        guard let socket = self.socket, socket.place == nil else { return }
        let place = self.sockets.poll?.add(socket.descriptor, self)
        self.socket?.place = place
        guard place == nil else { return }
        // The kernel has no room for it: the channel reads.
        self.socket = nil
        self.read()
    }

    /// Forgets the connection, as soon as its channel is inactive.
    func end() {
        if let place = self.socket?.place { self.sockets.poll?.remove(place) }
        self.socket = nil
        self.context = nil
        self.reader = nil
    }

    /// Asks for the bytes of one reading.
    @inline(__always)
    func read() {
        guard let socket = self.socket else {
            self.context?.read()
            return
        }
        self.isWanted = true
        if self.isReady, let place = socket.place { self.sockets.poll?.tellAgain(place, socket.descriptor) }
    }

    /// Asks for what has come already, and takes it.
    ///
    /// SwiftNIO asks so when a write has failed, and closes the connection then: nobody can be told later of what the other
    /// side had sent before it broke.
    func readAtOnce() {
        self.read()
        guard self.socket?.channel.isActive == true, !self.isReadingAtOnce else { return }
        self.isReadingAtOnce = true
        for _ in 0..<Self.lastReadings where self.isWanted {
            guard let bytes = self.receive() else { break }
            self.isWanted = false
            self.reader?.take(bytes)
            self.reader?.finishTaking()
        }
        self.isReadingAtOnce = false
    }

    func socketBecameReadable(isUrgent: Bool) {
        self.isReady = true
        guard self.isWanted else { return }
        var hasTaken = false
        for _ in 0..<Self.readingsAtOnce where self.isReady {
            guard let bytes = self.receive() else { break }
            // Before an urgent byte a reading ends, whatever is behind it.
            if isUrgent { self.isReady = true }
            self.isWanted = false
            hasTaken = true
            self.reader?.take(bytes)
        }
        if hasTaken { self.reader?.finishTaking() }
    }

    /// Reads from the socket; `nil` when there is nothing, or nothing more.
    @inline(__always)
    private func receive() -> ByteBuffer? {
        guard let descriptor = self.socket?.descriptor else { return nil }
        // See ConnectionOutput for whose descriptor it is.
        assert(self.socket?.channel.isActive == true, "the descriptor may be another's")
        switch self.sockets.memory.receive(from: descriptor, size: self.sizes.size) {
        case .bytes(let bytes, let isAll):
            self.isReady = !isAll
            _ = self.sizes.record(actualReadBytes: bytes.readableBytes)
            return bytes
        case .nothing, .end:
            // The channel hears of the end by itself.
            self.isReady = false
            return nil
        case .failure(let error):
            // Whoever asked the socket first was told, and the channel would take it for an end in order.
            self.isReady = false
            let channel = self.socket?.channel
            channel?.pipeline.fireErrorCaught(error)
            channel?.close(promise: nil)
            return nil
        }
    }
}
