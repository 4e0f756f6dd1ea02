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
    private let proxy: ReverseProxy
    private let tls: ServerCertificate?

    init(http1: HTTP1Channel, proxy: ReverseProxy, tls: ServerCertificate?) {
        self.http1 = http1
        self.proxy = proxy
        self.tls = tls
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<GatewayConnection> {
        channel.eventLoop.makeCompletedFuture {
            guard try self.proxy.admit(channel, refusal: self.tls == nil ? .answered : .closed) else {
                let none = AsyncStream<HTTP1Channel.Value> { stream in
                    channel.closeFuture.whenComplete { _ in stream.finish() }
                }
                return GatewayConnection(channel: channel, controlPlanes: none)
            }
            if let tls = self.tls {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.current.context))
            }
            let (controlPlanes, installations) = AsyncStream<HTTP1Channel.Value>.makeStream()
            channel.closeFuture.whenComplete { _ in installations.finish() }
            try self.proxy.takeOver(channel) { channel in
                self.http1.setup(channel: channel, logger: logger).map { _ = installations.yield($0) }
            }
            return GatewayConnection(channel: channel, controlPlanes: controlPlanes)
        }
    }

    func handle(value: GatewayConnection, logger: Logger) async {
        await withTaskCancellationHandler {
            var controlPlanes = value.controlPlanes.makeAsyncIterator()
            // Where nothing is installed, nothing more than this waits.
            guard let first = await controlPlanes.next() else { return }
            await withDiscardingTaskGroup { group in
                group.addTask { await self.http1.handle(value: first, logger: logger) }
                while let next = await controlPlanes.next() {
                    group.addTask { await self.http1.handle(value: next, logger: logger) }
                }
            }
        } onCancel: {
            value.channel.close(mode: .all, promise: nil)
        }
    }
}
