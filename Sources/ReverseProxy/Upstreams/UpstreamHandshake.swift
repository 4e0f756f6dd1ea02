import NIOCore
import NIOTLS

/// Waits for the handshake of TLS with an upstream, so that a request is given only to a connection that can carry it.
///
/// A handshake that fails is therefore a connection that was not opened: no byte of a request was sent, and another
/// upstream may be tried.
final class UpstreamHandshake: ChannelInboundHandler, RemovableChannelHandler {
    /// Why a connection that had been opened came to nothing.
    struct Failure: Error, CustomStringConvertible {
        let reason: any Error

        var description: String { "\(self.reason)" }
    }

    typealias InboundIn = ByteBuffer

    private var promise: EventLoopPromise<Void>?
    /// Ends with the handshake; fails with a ``Failure``.
    let done: EventLoopFuture<Void>

    init(eventLoop: any EventLoop) {
        let promise = eventLoop.makePromise(of: Void.self)
        self.promise = promise
        self.done = promise.futureResult
    }

    /// Gives up when the handshake has taken too long.
    func expire(after timeout: TimeAmount) {
        self.fail(ChannelError.connectTimeout(timeout))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        guard case .handshakeCompleted = event as? TLSUserEvent else { return }
        let promise = self.promise.take()
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        promise?.succeed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.fail(error)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        context.fireChannelInactive()
        self.fail(ChannelError.eof)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.fail(ChannelError.eof)
    }

    private func fail(_ reason: any Error) {
        self.promise.take()?.fail(Failure(reason: reason))
    }
}
