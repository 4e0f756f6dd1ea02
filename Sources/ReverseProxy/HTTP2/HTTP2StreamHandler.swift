import NIOCore
import NIOHPACK
import NIOHTTP2

/// The first handler of a stream: turns its frames into the HTTP/1.1 bytes of one request for the ``FrontHandler`` behind,
/// and the answer that is written there into frames.
///
///     HEADERS, DATA, trailers ──> head, body or chunks ──> FrontHandler
///     HEADERS, DATA, trailers <── head, body or chunks <──
///
/// So every request passes one reading, one set of checks and one way to the upstreams (Docs/Decisions/0017). A stream
/// that does not come to its end in order is reset, in both directions.
final class HTTP2StreamHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// What is to come of the request.
    private enum Request {
        /// Its fields.
        case fields
        /// So many bytes of its body, then the end of the stream.
        case length(Int)
        /// A body whose length nobody told.
        case chunked
        /// Nothing.
        case ended
        /// What comes is thrown away.
        case refused
    }

    /// The longest header block that was seen to be usual; longer ones make the memory grow.
    private static let usualHeadSize = 1_024

    private let front: FrontHandler
    private let connection: HTTP2Connection
    private let loop: LoopContext
    // These are used for every request, by one event loop only: see LoopContext.
    @exclusivity(unchecked) private var request = Request.fields
    @exclusivity(unchecked) private var answer = AnswerReader()
    /// Bytes of the answer that were written and not yet used.
    @exclusivity(unchecked) private var pending: ByteBuffer?
    /// Whether the client is told to send no more, once it has the whole answer.
    @exclusivity(unchecked) private var stopsRequest = false
    /// Whether the last frame of the answer was sent.
    @exclusivity(unchecked) private var isAnswerSent = false

    init(front: FrontHandler, connection: HTTP2Connection) {
        self.front = front
        self.connection = connection
        self.loop = connection.loop
    }

    private var isRequestEnded: Bool {
        if case .ended = self.request { true } else { false }
    }

    // MARK: - The request

    func handlerAdded(context: ChannelHandlerContext) {
        self.connection.streamBegan()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.connection.streamEnded()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .headers(let frame):
            if case .fields = self.request {
                self.begin(frame, context)
            } else {
                self.takeTrailers(frame, context)
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
            let block = try RequestBlock.write(frame.headers, endsStream: frame.endStream, to: &head)
            self.answer.isHEAD = block.isHEAD
            switch block.framing {
            case .length where frame.endStream, .untilClose: self.request = .ended
            case .length(let length): self.request = .length(length)
            case .chunked: self.request = .chunked
            }
            context.fireChannelRead(self.wrapInboundOut(head))
        } catch {
            self.request = frame.endStream ? .ended : .refused
            self.front.refuseStream(error)
        }
    }

    private func take(_ data: ByteBuffer, endsStream: Bool, _ context: ChannelHandlerContext) {
        switch self.request {
        case .length(let remaining):
            let isWhole = data.readableBytes == remaining
            guard data.readableBytes <= remaining, isWhole || !endsStream else {
                self.reset(.protocolError, context)
                return
            }
            self.request = endsStream ? .ended : .length(remaining - data.readableBytes)
            if data.readableBytes > 0 { context.fireChannelRead(self.wrapInboundOut(data)) }
        case .chunked:
            ChunkWriter.write(data) { context.fireChannelRead(self.wrapInboundOut($0)) }
            if endsStream { self.endChunks(trailers: [], context) }
        case .refused:
            if endsStream { self.request = .ended }
        case .fields, .ended:
            break
        }
    }

    private func takeTrailers(_ frame: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
        var lines = ByteBuffer()
        do throws(HeaderBlockRejection) {
            guard frame.endStream else { throw .endlessTrailers }
            try RequestBlock.writeTrailers(frame.headers, to: &lines)
            switch self.request {
            case .length(0):
                // A body with a length has no trailers in HTTP/1.1; they are optional to whoever gets them (RFC 9110, 6.5).
                self.request = .ended
            case .length: throw .contradictoryLength
            case .chunked: self.endChunks(trailers: Array(buffer: lines), context)
            case .refused: self.request = .ended
            case .fields, .ended: break
            }
        } catch {
            self.reset(.protocolError, context)
        }
    }

    private func endChunks(trailers: [UInt8], _ context: ChannelHandlerContext) {
        self.request = .ended
        context.fireChannelRead(self.wrapInboundOut(ChunkWriter.end(trailers: trailers)))
    }

    // MARK: - The answer

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
            var last: HTTP2Frame.FramePayload?
            while let piece = try self.answer.next(&pending, lines: &self.loop.fields) {
                if let last { context.write(self.wrapOutboundOut(last), promise: nil) }
                last = piece.frame
            }
            if pending.readableBytes > 0 { self.pending = pending }
            self.write(last, context, promise)
        } catch {
            promise?.fail(error)
            self.reset(.internalError, context)
        }
    }

    private func write(
        _ last: HTTP2Frame.FramePayload?,
        _ context: ChannelHandlerContext,
        _ promise: EventLoopPromise<Void>?
    ) {
        guard let last else {
            promise?.succeed()
            return
        }
        guard self.answer.isEnded, !self.isRequestEnded else {
            context.write(self.wrapOutboundOut(last), promise: promise)
            return
        }
        // What the client still sends may have to be stopped, but not before it has the answer.
        let sent = promise ?? context.eventLoop.makePromise()
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenSuccess {
            let (handler, context) = handler.value
            handler.isAnswerSent = true
            if handler.stopsRequest { handler.stopRequest(context) }
        }
        context.write(self.wrapOutboundOut(last), promise: sent)
    }

    // MARK: - Ends

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output where self.answer.isEnded:
            // The last frame has ended the stream for this side.
            self.stopsRequest = true
            if self.isAnswerSent { self.stopRequest(context) }
            promise?.succeed()
        case .output, .input, .all:
            if !self.answer.isEnded { self.reset(.internalError, context) }
            context.close(mode: .all, promise: promise)
        }
    }

    /// Tells the client to send no more of a request that is answered (RFC 9113, 8.1).
    private func stopRequest(_ context: ChannelHandlerContext) {
        if !self.isRequestEnded { self.reset(.noError, context) }
    }

    /// Ends the stream for both sides, so that nothing that was sent can pass for the whole.
    private func reset(_ code: HTTP2ErrorCode, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        self.request = .refused
        context.writeAndFlush(self.wrapOutboundOut(.rstStream(code)), promise: nil)
    }
}
