import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import ReverseProxy

/// How an accepted connection is set up (architecture 3.1).
///
///     socket ── TLS (optional) ── FrontHandler ──┬── upstream, on the same event loop
///                                                └── Hummingbird's HTTP/1 handlers, added on the first
///                                                    request under the reserved prefix
///
/// Most connections carry proxied requests only and never pay for the second branch.
struct GatewayChannel: ServerChildChannel {
    private let http1: HTTP1Channel
    private let proxy: ReverseProxy
    private let tls: NIOSSLContext?

    init(http1: HTTP1Channel, proxy: ReverseProxy, tls: NIOSSLContext?) {
        self.http1 = http1
        self.proxy = proxy
        self.tls = tls
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GatewayConnection> {
        channel.eventLoop.makeCompletedFuture {
            if let tls = self.tls {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
            }
            let controlPlane = channel.eventLoop.makePromise(of: HTTP1Channel.Value?.self)
            // Only the first completion of a promise counts: a connection that closed first has no control plane.
            channel.closeFuture.whenComplete { _ in controlPlane.succeed(nil) }
            try self.proxy.takeOver(channel) { channel in
                let installed = self.http1.setup(channel: channel, logger: logger)
                installed.map { Optional($0) }.cascade(to: controlPlane)
                return installed.map { _ in }
            }
            return GatewayConnection(channel: channel, controlPlane: controlPlane.futureResult)
        }
    }

    func handle(value: GatewayConnection, logger: Logger) async {
        let installed = try? await withTaskCancellationHandler {
            try await value.controlPlane.get()
        } onCancel: {
            value.channel.close(mode: .all, promise: nil)
        }
        guard let controlPlane = installed ?? nil else { return }
        await self.http1.handle(value: controlPlane, logger: logger)
    }
}
