import HTTP2Framing
import NIOCore
import Synchronization

/// One stream of a client's connection, as the channel of the ``FrontHandler`` in it.
///
///     HEADERS, DATA, trailers ──> head, body or chunks ──> FrontHandler
///     HEADERS, DATA, trailers <── head, body or chunks <──
///
/// It turns its frames into the HTTP/1.1 bytes of one request, and the answer that is written into frames; so every request
/// passes one reading, one set of checks and one way to the upstreams (Docs/Decisions/0017). A stream that does not come
/// to its end in order is reset, in both directions.
///
/// Like a connection of HTTP/1.1 that is kept alive it serves another request once one is over: see
/// ``HTTP2Connection/finish(_:errorCode:)``.
final class HTTP2Stream: @unchecked Sendable {
    // Not Sendable by its parts: all of it but the two flags, the future and the pipeline is used on the event loop only.

    /// What is to come of the request.
    enum Request {
        /// So many bytes of its body, then the end of the stream.
        case length(Int)
        /// A body whose length nobody told.
        case chunked
        /// Nothing.
        case ended
        /// What comes is thrown away.
        case refused
    }

    /// When this much of an answer waits, no more is taken from whoever gives it; as much as a socket takes.
    static let highWatermark = 65_536
    /// When no more than this waits, more is taken.
    static let lowWatermark = 32_768

    let connection: HTTP2Connection
    let eventLoop: any EventLoop
    let front: FrontHandler
    let closePromise: EventLoopPromise<Void>
    let activity = Atomic(false)
    let writability = Atomic(true)
    /// Set once, in the initializer, since a pipeline has to know its channel.
    private(set) var madePipeline: ChannelPipeline?

    // These are used for every request, by one event loop only: see LoopContext.
    /// The number of the stream; 0 while there is none.
    @exclusivity(unchecked) var id: Int32 = 0
    /// The place in the connection's list of channels.
    @exclusivity(unchecked) var slot = 0
    @exclusivity(unchecked) var request = Request.ended
    @exclusivity(unchecked) var answer = AnswerReader()
    /// Why the fields are no request.
    @exclusivity(unchecked) var rejection: HeaderBlockRejection?
    /// What of the request waits for being read.
    @exclusivity(unchecked) var input: ByteBuffer?
    /// How much of that the client has to be told of once it was read.
    @exclusivity(unchecked) var unacknowledged = 0
    /// Whether the handlers want to read.
    @exclusivity(unchecked) var isReadWanted = false
    @exclusivity(unchecked) var readsOn = true
    /// Bytes of the answer that were written and not yet used.
    @exclusivity(unchecked) var pending: ByteBuffer?
    /// What of the answer's body waits for being sent.
    @exclusivity(unchecked) var output = CircularBuffer<ByteBuffer>()
    @exclusivity(unchecked) var outputSize = 0
    @exclusivity(unchecked) var trailers: HeaderBlock?
    /// How far the client takes the answer's body.
    @exclusivity(unchecked) var movement: ClientMovement
    /// Whether the session waits for more of the body.
    @exclusivity(unchecked) var isBodyAwaited = false
    /// Whether the client is told to send no more, once the whole answer was given to the connection.
    @exclusivity(unchecked) var stopsRequest = false
    /// Whether the last frame of the answer was sent.
    @exclusivity(unchecked) var isAnswerSent = false
    /// Whether this side has reset the stream.
    @exclusivity(unchecked) var isReset = false
    /// The error code with which the stream ended.
    @exclusivity(unchecked) var endCode: UInt32?
    /// Whether the connection will look at it: see ``HTTP2Connection/touch(_:)``.
    @exclusivity(unchecked) var isTouched = false
    /// Whether the channel is closed.
    @exclusivity(unchecked) var isClosed = false

    init(connection: HTTP2Connection, eventLoop: any EventLoop, front: FrontHandler) throws {
        self.connection = connection
        self.eventLoop = eventLoop
        self.front = front
        self.movement = ClientMovement(at: connection.loop.now)
        self.closePromise = eventLoop.makePromise()
        self.madePipeline = ChannelPipeline(channel: self)
        self.activity.store(true, ordering: .relaxed)
        try self.pipeline.syncOperations.addHandler(front, name: "portico.front")
    }

    var isRequestEnded: Bool {
        if case .ended = self.request { true } else { false }
    }

    /// Begins a request.
    func begin(_ id: Int32) {
        self.id = id
        self.answer = AnswerReader()
        self.movement = ClientMovement(at: self.connection.loop.now)
        self.rejection = nil
        self.isReadWanted = true
        self.trailers = nil
        self.stopsRequest = false
        self.isAnswerSent = false
        self.isBodyAwaited = false
        self.isReset = false
        self.endCode = nil
    }

    /// Whether the channel may serve another request: this one came to its end in order, on both sides.
    var isReusable: Bool {
        // A client may end a stream with code 0 too, before it has the whole answer.
        self.endCode == 0 && !self.isClosed && self.isAnswerSent && self.isRequestEnded && self.input == nil
            && self.pending == nil && self.outputSize == 0 && self.front.isReusable
    }

    // MARK: - What has happened

    /// Does what has become possible: gives the handlers what has come, tells them that more may be written, or that the
    /// stream is over.
    func goOn() {
        if self.endCode == nil { self.deliver() }
        if self.endCode == nil, !self.isWritable, self.outputSize <= Self.lowWatermark, !self.isClosed {
            self.writability.store(true, ordering: .relaxed)
            self.pipeline.syncOperations.fireChannelWritabilityChanged()
        }
        if let endCode = self.endCode { self.connection.finish(self, errorCode: endCode) }
    }

    private func deliver() {
        if let rejection = self.rejection.take() { return self.front.refuseStream(rejection) }
        guard self.isReadWanted, !self.isClosed, let input = self.input.take() else { return }
        self.isReadWanted = false
        let count = self.unacknowledged
        self.unacknowledged = 0
        let operations = self.pipeline.syncOperations
        operations.fireChannelRead(NIOAny(input))
        operations.fireChannelReadComplete()
        if self.readsOn, !self.isReadWanted, !self.isClosed { operations.read() }
        if count > 0, self.endCode == nil, self.id > 0 { self.connection.consume(count, of: self) }
    }

    /// Closes the channel, whose stream is over or was reset.
    func close(_ error: (any Error)?) {
        guard !self.isClosed else { return }
        self.isClosed = true
        self.activity.store(false, ordering: .relaxed)
        self.input = nil
        self.pending = nil
        self.output.removeAll()
        let operations = self.pipeline.syncOperations
        if let error { operations.fireErrorCaught(error) }
        operations.fireChannelInactive()
        // Whoever closed it may be in the midst of these handlers.
        self.eventLoop.execute {
            self.removeHandlers(pipeline: self.pipeline)
            self.closePromise.succeed()
        }
    }
}
