import Logging
import NIOCore
import NIOTLS

/// What differs where a connection speaks HTTP/2, or where this is the handler of one of its streams.
extension FrontHandler {
    /// Whether this is one stream of a connection: it has one request, and no options or ends of a socket.
    var isStream: Bool { self.http2 != nil }

    /// Leaves the connection to HTTP/2 when TLS has settled on that (RFC 9113, 3.2).
    func takeProtocol(_ event: Any, _ context: ChannelHandlerContext) {
        guard case .handshakeCompleted(negotiatedProtocol: "h2")? = event as? TLSUserEvent else { return }
        let connection = HTTP2Connection(
            loop: self.loop,
            channel: context.channel,
            forwarding: self.forwarding,
            installControlPlane: self.installControlPlane
        )
        do {
            try context.pipeline.syncOperations.addHandler(connection, position: .before(self))
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
            if self.loop.isStopping { connection.leave() }
        } catch {
            self.close()
        }
    }

    /// Whether the client can be given the head of an answer.
    @inline(__always)
    func canPassHead(_ head: ByteBuffer) -> Bool {
        !self.isStream || head.withUnsafeReadableBytes(HeadSize.fits)
    }

    /// Refuses a request whose fields make no head.
    func refuseStream(_ rejection: HeaderBlockRejection) {
        self.settings.logger.debug("Stream is malformed", metadata: ["rejection": "\(rejection)"])
        self.beginWithoutHead()
        self.http2?.noteBadRequest()
        self.refuse(.requestInvalid)
    }

    /// Closes on behalf of the control plane; a stream whose answer is written ends by itself, with its last frame.
    func closeFromControlPlane(_ context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if self.isStream {
            self.finishControlIfAnswered()
            guard self.phase != .lingering else {
                promise?.succeed()
                return
            }
        }
        // Such a connection closes by itself, once everything was sent.
        let isClosing = self.phase == .lingering || (self.phase == .head && self.isInputClosed)
        guard self.isStream || !isClosing else {
            promise?.succeed()
            return
        }
        context.close(mode: mode, promise: promise)
    }

    /// Sends the end of the answer, with which the stream ends too once the client has sent its own.
    func endStream() {
        // The frame that ends the stream may make room for the next request at once: by then the exchange must be over.
        self.phase = .lingering
        self.parked = nil
        self.lastActivity = self.loop.now
        self.http2?.forwarding = self.forwarding
        self.http2?.sessionMemo = self.sessionMemo
        self.output.flush()
        self.context?.close(mode: .output, promise: nil)
    }

    /// Whether this handler of a stream may serve another request, now that it has answered one.
    var isReusable: Bool {
        self.phase == .lingering && !self.isControlPlaneInstalled && !self.hasFailed && self.upstream == nil
            && self.canTakeAnswer
    }

    /// Waits for the next request, on another stream of the connection.
    func beginAgain() {
        guard let http2 = self.http2 else { return }
        self.phase = .head
        self.parked = nil
        self.extent = nil
        self.scanner = HeadScanner()
        self.loadedSession = nil
        self.isRereadingSession = false
        self.exchange = Exchange()
        self.requestBody = .complete
        self.tunnelPlace = nil
        self.forwarding = http2.forwarding
        self.sessionMemo = http2.sessionMemo
        self.lastActivity = self.loop.now
    }
}
