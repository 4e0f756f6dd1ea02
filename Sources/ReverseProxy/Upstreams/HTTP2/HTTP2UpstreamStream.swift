import NIOCore
import NIOHPACK
import NIOHTTP2

/// The first handler of a stream to an upstream: turns the HTTP/1.1 bytes of one request into frames, and the frames of the
/// answer into HTTP/1.1 bytes for the ``UpstreamHandler`` behind.
///
///     HEADERS, DATA, trailers <── head, body or chunks <── UpstreamHandler
///     HEADERS, DATA, trailers ──> head, body or chunks ──>
///
/// It is what ``HTTP2Stream`` is towards clients (Docs/Decisions/0020). What the client does not take is not read from the
/// upstream, and what the upstream does not take is not read from the client.
final class HTTP2UpstreamStream: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// What is to come of the answer.
    private enum Answer {
        /// A head, the first one.
        case untouched
        /// A head behind an interim one.
        case fields
        /// So many bytes of its body, then the end of the stream.
        case length(Int)
        /// A body whose length nobody told.
        case chunked
        /// Nothing.
        case ended
        /// Nothing, since the upstream has not looked at the request.
        case abandoned
        /// What comes is malformed, and thrown away.
        case refused
    }

    /// The longest head that was seen to be usual; longer ones make the memory grow.
    private static let usualHeadSize = 1_024

    private let connection: HTTP2UpstreamConnection
    private let loop: LoopContext
    /// When the stream began, or when it was left to wait for its end.
    private(set) var since: NIODeadline
    private var request: RequestReader
    /// Bytes of the request that were written and not yet used.
    private var pending: ByteBuffer?
    /// Whether the last frame of the request was sent.
    private var isRequestSent = false
    /// Whether the first frame was written.
    private var isHeadWritten = false
    /// Whether nobody knows yet what became of the first frame.
    private var isHeadPending = false
    /// Whether the stream was reset from here.
    private var isReset = false
    private var answer = Answer.untouched
    private var context: ChannelHandlerContext?

    init(connection: HTTP2UpstreamConnection) {
        self.connection = connection
        self.loop = connection.loop
        self.since = connection.loop.now
        self.request = RequestReader(scheme: connection.isSecure ? "https" : "http")
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.connection.streamEnded(self)
    }

    // MARK: - The request

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = self.unwrapOutboundIn(data)
        var pending: ByteBuffer
        if let earlier = self.pending.take() {
            pending = earlier
            pending.writeBuffer(&bytes)
        } else {
            pending = bytes
        }
        do throws(HeadRejection) {
            while let piece = try self.request.next(&pending, lines: &self.loop.fields) { self.send(piece, context) }
            if pending.readableBytes > 0 { self.pending = pending }
            promise?.succeed()
        } catch {
            promise?.fail(error)
            // All but the size of the head, and of trailers, was checked by the handlers that wrote it.
            self.answer = .abandoned
            context.fireErrorCaught(UpstreamFailure.headTooLarge)
        }
    }

    /// Writes a piece; only the first and the last one are waited for.
    private func send(_ piece: StreamPiece, _ context: ChannelHandlerContext) {
        let frame = self.wrapOutboundOut(piece.frame)
        let isFirst = !self.isHeadWritten
        self.isHeadWritten = true
        guard isFirst || piece.endsStream else {
            context.write(frame, promise: nil)
            return
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        let stream = NIOLoopBound(self, eventLoop: context.eventLoop)
        let isLast = piece.endsStream
        if isFirst { self.isHeadPending = true }
        sent.futureResult.whenComplete { result in
            let stream = stream.value
            if isFirst { stream.isHeadPending = false }
            switch result {
            case .success: if isLast { stream.isRequestSent = true }
            case .failure(let error): if isFirst { stream.headFailed(error) }
            }
        }
        context.write(frame, promise: sent)
    }

    /// Ends a stream whose first frame was not written, or not to its end.
    private func headFailed(_ error: any Error) {
        guard let context = self.context else { return }
        if UnsentHead.isProven(by: error) || UnsentHead.isProven(by: context.channel) { self.refuse() }
        // Others may be in the midst of the same flush.
        let stream = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { stream.value.context?.close(promise: nil) }
    }

    // MARK: - The answer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .headers(let frame):
            switch self.answer {
            case .untouched, .fields: self.begin(frame, context)
            case .length, .chunked, .ended: self.takeTrailers(frame, context)
            case .abandoned, .refused: break
            }
        case .data(let frame):
            guard case .byteBuffer(let data) = frame.data else { return }
            self.take(data, endsStream: frame.endStream, context)
        case .rstStream, .priority, .settings, .pushPromise, .ping, .goAway, .windowUpdate, .alternativeService,
            .origin:
            break
        }
    }

    private func begin(_ frame: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
        var head = context.channel.allocator.buffer(capacity: Self.usualHeadSize)
        do throws(HeaderBlockRejection) {
            let body = try ResponseBlock.write(
                frame.headers,
                endsStream: frame.endStream,
                isHEAD: self.request.isHEAD,
                to: &head
            )
            switch body {
            case .anotherHead: self.answer = .fields
            case .none: self.answer = frame.endStream ? .ended : .length(0)
            case .length(let length): self.answer = frame.endStream ? .ended : .length(length)
            case .chunked: self.answer = .chunked
            }
            context.fireChannelRead(self.wrapInboundOut(head))
        } catch {
            self.fail(.notHTTP, context)
        }
    }

    private func take(_ data: ByteBuffer, endsStream: Bool, _ context: ChannelHandlerContext) {
        switch self.answer {
        case .length(let remaining):
            let isWhole = data.readableBytes == remaining
            guard data.readableBytes <= remaining, isWhole || !endsStream else {
                self.fail(.brokenAnswer, context)
                return
            }
            self.answer = endsStream ? .ended : .length(remaining - data.readableBytes)
            if data.readableBytes > 0 { context.fireChannelRead(self.wrapInboundOut(data)) }
        case .chunked:
            ChunkWriter.write(data) { context.fireChannelRead(self.wrapInboundOut($0)) }
            if endsStream { self.endChunks(trailers: [], context) }
        case .untouched, .fields:
            self.fail(.notHTTP, context)
        case .ended, .abandoned, .refused:
            break
        }
    }

    private func takeTrailers(_ frame: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
        var lines = ByteBuffer()
        do throws(HeaderBlockRejection) {
            guard frame.endStream else { throw .endlessTrailers }
            try ResponseBlock.writeTrailers(frame.headers, to: &lines)
            switch self.answer {
            case .length(0):
                // A body with a length has no trailers in HTTP/1.1; they are optional to whoever gets them (RFC 9110, 6.5).
                self.answer = .ended
            case .length: throw .contradictoryLength
            case .chunked: self.endChunks(trailers: Array(buffer: lines), context)
            case .untouched, .fields, .ended, .abandoned, .refused: break
            }
        } catch {
            self.fail(.brokenAnswer, context)
        }
    }

    private func endChunks(trailers: [UInt8], _ context: ChannelHandlerContext) {
        // The channel may have been closed from behind by what came before.
        guard case .chunked = self.answer else { return }
        self.answer = .ended
        context.fireChannelRead(self.wrapInboundOut(ChunkWriter.end(trailers: trailers)))
    }

    // MARK: - Ends

    /// Gives up the stream, whose answer is malformed, and what is still to come of it.
    private func fail(_ failure: UpstreamFailure, _ context: ChannelHandlerContext) {
        self.answer = .refused
        context.fireErrorCaught(failure)
    }

    /// Tells that the upstream has not looked at the request.
    private func refuse() {
        guard case .untouched = self.answer, let context = self.context else { return }
        self.answer = .abandoned
        context.fireErrorCaught(UpstreamFailure.refused)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // RFC 9113, 8.7: neither a refused stream nor one behind the last of a GOAWAY was processed.
        if let closed = error as? NIOHTTP2Errors.StreamClosed,
            closed.errorCode == .refusedStream || self.connection.isUnprocessed(closed.streamID)
        {
            self.refuse()
        } else if error is NIOHTTP2Errors.StreamClosed, !self.isReset {
            // The upstream has ended the request, on a connection that goes on.
            self.answer = .abandoned
            context.fireErrorCaught(UpstreamFailure.reset)
        }
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch self.answer {
        case .ended where self.isRequestSent:
            // The stream has ended on both sides, and closes by itself.
            promise?.succeed()
        case .length(0) where self.isRequestSent && !self.connection.isLingering(self):
            // Only the frame that says so is missing; to reset the stream would look like a client that has gone.
            self.since = self.loop.now
            self.connection.linger(self)
            promise?.succeed()
        case .refused:
            self.noteReset()
            self.reset(context, .protocolError)
            promise?.succeed()
        case .untouched:
            self.connection.doubt(since: self.since)
            self.noteReset()
            self.cancel(context, promise)
        case .fields, .length, .chunked, .ended:
            self.noteReset()
            context.close(mode: .all, promise: promise)
        case .abandoned:
            context.close(mode: .all, promise: promise)
        }
    }

    private func noteReset() {
        guard !self.isReset else { return }
        self.isReset = true
        let isAnswered = if case .untouched = self.answer { false } else { true }
        self.connection.streamReset(isAnswered: isAnswered)
    }

    /// Gives up a request whose answer has not begun.
    private func cancel(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        self.answer = .abandoned
        guard self.isHeadPending, !UnsentHead.isProven(by: context.channel) else {
            context.close(mode: .all, promise: promise)
            return
        }
        // While the socket takes nothing, new streams are held back, and the request of one that is merely closed would be
        // carried out all the same. A reset takes it away, which fails the first frame, and so closes the stream; if that
        // has gone out, the stream closes with the reset.
        self.reset(context, .cancel)
        promise?.succeed()
    }

    /// Ends a stream that has waited for its last frame long enough.
    func endLingering() {
        self.context?.close(promise: nil)
    }

    private func reset(_ context: ChannelHandlerContext, _ code: HTTP2ErrorCode) {
        guard context.channel.isActive else { return }
        context.writeAndFlush(self.wrapOutboundOut(.rstStream(code)), promise: nil)
    }
}
