import NIOCore
import Synchronization

@testable import ReverseProxy

/// A door that a test opens once.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = self.state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiters = self.state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}

/// Asks for a condition again and again until it holds; gives up after twenty seconds or more.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<4_000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    throw RawConnection.TimedOut()
}

extension TestUpstream {
    func waitUntilOpen(_ count: Int) async throws {
        try await eventually { self.open == count }
    }
}

extension TestGateway {
    func waitForNoConnections(leavingIdle: Bool = false) async throws {
        try await eventually {
            let counts = await self.proxy.counts().connections
            return counts.clients == 0 && (leavingIdle || counts.upstreams == 0)
        }
    }

    /// Waits until the answer's bytes pile up before the client.
    func waitUntilNotWritable() async throws {
        try await eventually { self.accepted.contains { $0.isActive && !$0.isWritable } }
    }

    /// Waits until the client is no longer read, since the upstream takes nothing more.
    func waitUntilReadingStops() async throws {
        try await eventually {
            var isHeld = false
            for channel in self.accepted {
                isHeld = try await self.ask(channel) { $0.isRequestHeldBack } || isHeld
            }
            return isHeld
        }
    }

    /// Waits until the event loop of every open connection knows that it is to stop.
    func waitUntilStopping() async throws {
        try await eventually {
            for channel in self.accepted where channel.isActive {
                guard try await self.ask(channel, { $0.loop.isStopping }) else { return false }
            }
            return true
        }
    }

    /// All bytes that the gateway holds for its connections.
    func heldBytes() async throws -> Int {
        var held = 0
        for channel in self.accepted where channel.isActive {
            held += try await channel.getOption(.bufferedWritableBytes).get()
            held += try await self.ask(channel) { $0.heldBytes }
        }
        return held
    }

    /// Waits until a condition holds for the connection that was accepted at this place.
    func wait(_ index: Int = 0, _ condition: @escaping @Sendable (FrontHandler) -> Bool) async throws {
        try await eventually {
            guard self.accepted.indices.contains(index) else { return false }
            return try await self.ask(self.accepted[index], condition)
        }
    }

    private func ask<Value: Sendable>(
        _ channel: any Channel,
        _ body: @escaping @Sendable (FrontHandler) -> Value
    ) async throws -> Value {
        try await channel.eventLoop
            .submit {
                body(try channel.pipeline.syncOperations.handler(type: FrontHandler.self))
            }
            .get()
    }
}

extension FrontHandler {
    var heldBytes: Int { self.parkedCount + (self.upstream?.heldBytes ?? 0) }

    var isRequestHeldBack: Bool { !self.isRequestComplete && self.upstream?.isWritable == false }
}

extension UpstreamHandler {
    var heldBytes: Int {
        // A stream of HTTP/2 does not know.
        guard self.pool.http2 == nil else { return self.pendingCount }
        let unsent = try? self.context?.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return self.pendingCount + (unsent ?? 0)
    }
}
