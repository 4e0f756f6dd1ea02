package import Logging
package import NIOCore
import NIOSSL
import ServiceLifecycle
import Synchronization

/// The data plane: one value for the whole process, which takes over every accepted connection.
///
/// The owner of the listener calls ``admit(_:refusal:)`` first in each accepted channel's initializer, on the channel's
/// event loop, and ``takeOver(_:controlPlane:)`` where that says so, after a `NIOSSLServerHandler` if there is one and
/// before any other handler:
///
///     accepted channel:  [SocketBridge  NIOSSLServerHandler]  FrontHandler  [handlers that the control plane adds]
///                                                                  |
///                                                                  +-- UpstreamHandler on connections of the same event loop
///
/// ``run()`` ends at graceful shutdown, once the requests in flight are answered or the deadline has passed. The owner
/// stops accepting by itself.
package final class ReverseProxy: Service {
    /// Adds the control plane's handlers at the end of a channel's pipeline.
    ///
    /// It is called on the channel's event loop, at most once for a channel. When the future fails, the connection is
    /// closed.
    package typealias ControlPlaneInstaller = @Sendable (_ channel: any Channel) -> EventLoopFuture<Void>

    let settings: ProxySettings
    let connections: ConnectionLimiter
    private struct Loop: Sendable {
        let eventLoop: any EventLoop
        let context: NIOLoopBound<LoopContext>
    }

    private struct State: Sendable {
        var routing: Routing
        var loops: [ObjectIdentifier: Loop] = [:]
        var isStopping = false
    }

    private let state: Mutex<State>
    /// Held while a reload goes on, so that each follows upon another as a whole; taken before ``state``.
    private let reloading = Mutex<Void>(())

    /// Makes a data plane.
    ///
    /// - Parameters:
    ///   - configuration: The routes, limits and timeouts.
    ///   - sessions: The sessions in memory.
    ///   - renderErrorPage: Makes the HTML page of an error for a browser navigation.
    ///   - logger: Where failures of upstreams are told, at `debug`.
    /// - Throws: When the TLS settings for `https` upstreams cannot be made.
    package init(
        configuration: ReverseProxyConfiguration,
        sessions: SessionDirectory,
        renderErrorPage: @escaping ErrorPageRenderer,
        logger: Logger
    ) throws {
        self.settings = ProxySettings(
            configuration: configuration,
            sessions: sessions,
            renderErrorPage: renderErrorPage,
            logger: logger
        )
        self.connections = ConnectionLimiter(limits: configuration.limits)
        self.state = Mutex(State(routing: try Routing(table: configuration.routes, configuration: configuration)))
    }

    /// Puts the front handler into a channel that was just accepted.
    ///
    /// - Precondition: The caller is on the channel's event loop.
    package func takeOver(_ channel: any Channel, controlPlane: @escaping ControlPlaneInstaller) throws {
        let loop = self.context(of: channel.eventLoop)
        let pipeline = channel.pipeline.syncOperations
        // TLS is in front of it or nothing is.
        let isFirst = (try? pipeline.handler(type: NIOSSLServerHandler.self)) == nil
        if !isFirst { try pipeline.addHandler(SocketBridge(loop.sockets), position: .first) }
        let handler = FrontHandler(loop: loop, channel: channel, isFirst: isFirst, installControlPlane: controlPlane)
        try channel.syncOptions?.setOption(.recvAllocator, value: ReadSizes())
        UnsentBytes.limit(on: channel)
        try pipeline.addHandler(handler, name: "portico.front")
    }

    /// What was counted until this moment: each event loop is asked in turn.
    package func counts() async -> ProxyCounts {
        let state = self.state.withLock { $0 }
        var counts = LoopCounts(routing: state.routing)
        for loop in state.loops.values {
            let submitted = loop.eventLoop.submit { loop.context.value.counts }
            guard let part = try? await submitted.get() else { continue }
            counts.add(part)
        }
        return ProxyCounts(
            counts,
            routing: state.routing,
            refusedConnections: self.connections.refusedCount
        )
    }

    /// Replaces the routes: a request that has begun ends under the rules that it began with, and those that begin once
    /// this has returned are judged by the new ones.
    ///
    /// Counts of routes and upstreams go on by name. Idle connections to upstreams that no route has any more are closed.
    ///
    /// - Throws: When the TLS settings for `https` upstreams cannot be made; the routes are then as they were.
    package func reload(_ routes: RouteTable) async throws {
        // The files of authorities and clients are read before the state is locked, which accepting a connection waits for.
        let adopted = try self.reloading.withLock { _ in
            let routing = try Routing(
                table: routes,
                configuration: self.settings.configuration,
                previous: self.state.withLock { $0.routing }
            )
            return self.state.withLock { state in
                state.routing = routing
                // Handed over under the lock, so that each loop takes the values in their order.
                return state.loops.values.map { loop in loop.eventLoop.submit { loop.context.value.adopt(routing) } }
            }
        }
        // A loop that has ended has no requests.
        for future in adopted { try? await future.get() }
    }

    /// Waits for graceful shutdown, then until the last request in flight is answered or the deadline has passed.
    package func run() async throws {
        do {
            try await gracefulShutdown()
            await self.stop()
        } catch {
            // Cancelled: nobody waits for the requests in flight.
            await self.stop(within: .zero)
        }
    }

    /// Closes idle connections at once, the others after their response, and all that are left at the deadline.
    package func stop() async {
        await self.stop(within: self.settings.configuration.shutdownDeadline)
    }

    private func stop(within limit: Duration) async {
        let loops = self.state.withLock { state in
            state.isStopping = true
            return Array(state.loops.values)
        }
        let deadline = NIODeadline.now() + TimeAmount(limit)
        await withTaskGroup(of: Void.self) { group in
            for loop in loops {
                group.addTask {
                    let stopped = loop.eventLoop.flatSubmit { loop.context.value.stop(deadline: deadline) }
                    try? await stopped.get()
                }
            }
        }
    }

    func context(of eventLoop: any EventLoop) -> LoopContext {
        let loop = self.state.withLock { state in
            let key = ObjectIdentifier(eventLoop)
            if let loop = state.loops[key] { return loop }
            let context = LoopContext(eventLoop: eventLoop, settings: self.settings, routing: state.routing)
            if state.isStopping { context.beginStopping() }
            let loop = Loop(eventLoop: eventLoop, context: NIOLoopBound(context, eventLoop: eventLoop))
            state.loops[key] = loop
            return loop
        }
        return loop.context.value
    }
}
