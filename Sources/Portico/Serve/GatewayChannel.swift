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
/// Most connections carry proxied requests only and never pay for the second branch. Where the connection speaks HTTP/2,
/// each stream has a front handler, and the second branch if its request is for it.
struct GatewayChannel: ServerChildChannel {
    private let http1: HTTP1Channel
    private let controlPlane: ControlPlaneConnections
    private let proxy: ReverseProxy
    private let tls: ServerCertificate?

    init(http1: HTTP1Channel, controlPlane: ControlPlaneConnections, proxy: ReverseProxy, tls: ServerCertificate?) {
        self.http1 = http1
        self.controlPlane = controlPlane
        self.proxy = proxy
        self.tls = tls
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GatewayConnection> {
        channel.eventLoop.makeCompletedFuture {
            let connection = GatewayConnection(channel: channel)
            guard try self.proxy.admit(channel, refusal: self.tls == nil ? .answered : .closed) else {
                return connection
            }
            if let tls = self.tls {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.current.context))
            }
            try self.proxy.takeOver(channel) { channel in
                self.http1.setup(channel: channel, logger: logger)
                    .map { self.controlPlane.add($0, of: self.http1, logger: logger) }
            }
            return connection
        }
    }

    /// Nothing waits for a connection here: a task for each would cost two kilobytes.
    func handle(value: GatewayConnection, logger: Logger) async {}
}
