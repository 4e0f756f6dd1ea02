import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL

/// Fetches a document over https from an address that somebody gave (saml-security D20).
///
///     URL ─▶ addresses of its host ─▶ every one public or allowed? ─▶ connection to one of them ─▶ TLS for the host's name
///      ▲                                                                                             │
///      └───────────────────────────── at most three redirections ◀──────────────────────────────────┘
///
/// A name is resolved once; the connection goes to the address that was checked, so that a second answer of the name server
/// changes nothing. There is no proxy, no cookie and no credential, and the limits hold for all hops together.
package struct Fetcher: Sendable {
    private let policy: FetchPolicy
    private let resolver: HostResolver
    private let trustRoots: NIOSSLTrustRoots

    /// Makes a fetcher.
    ///
    /// - Parameters:
    ///   - policy: What may be reached.
    ///   - resolver: Who answers for names.
    ///   - trustRoots: The authorities whose certificates count.
    package init(
        policy: FetchPolicy,
        resolver: HostResolver = .system,
        trustRoots: NIOSSLTrustRoots = .default
    ) {
        self.policy = policy
        self.resolver = resolver
        self.trustRoots = trustRoots
    }

    /// Fetches a document.
    ///
    /// - Throws: ``FetchFailure``; `CancellationError` when its task is cancelled.
    package func fetch(_ url: FetchURL) async throws -> [UInt8] {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = self.trustRoots
        configuration.minimumTLSVersion = .tlsv12
        let context: NIOSSLContext
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw FetchFailure.tlsRefused(host: url.host)
        }
        let deadline = NIODeadline.now() + TimeAmount(self.policy.timeout)
        var url = url
        for _ in 0...self.policy.maximumRedirections {
            switch try await self.ask(url, context, until: deadline) {
            case .document(let bytes): return bytes
            case .redirection(let location): url = try url.redirected(to: location)
            }
        }
        throw FetchFailure.tooManyRedirections
    }

    /// One hop: resolves, checks, and asks the first address that accepts a connection.
    private func ask(
        _ url: FetchURL,
        _ context: NIOSSLContext,
        until deadline: NIODeadline
    ) async throws -> FetchAnswer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let addresses = try await self.addresses(of: url, on: loop, until: deadline)
        try self.policy.check(addresses, of: url.host)
        for address in addresses {
            if let answer = try await self.ask(url, at: address, context, on: loop, until: deadline) { return answer }
        }
        throw deadline <= .now() ? FetchFailure.timedOut(host: url.host) : FetchFailure.unreachable(host: url.host)
    }

    /// The addresses of a host.
    ///
    /// A name server that does not answer holds its thread until the system gives up, but not the fetch.
    private func addresses(
        of url: FetchURL,
        on loop: any EventLoop,
        until deadline: NIODeadline
    ) async throws -> [ResolvedAddress] {
        let promise = loop.makePromise(of: [ResolvedAddress].self)
        let timer = loop.scheduleTask(deadline: deadline) { promise.fail(FetchFailure.timedOut(host: url.host)) }
        let resolver = self.resolver
        promise.completeWithTask { await resolver.addresses(url.host) }
        defer { timer.cancel() }
        return try await self.value(of: promise)
    }

    /// Connects to an address and asks; nil when nobody is there.
    private func ask(
        _ url: FetchURL,
        at address: ResolvedAddress,
        _ context: NIOSSLContext,
        on loop: any EventLoop,
        until deadline: NIODeadline
    ) async throws -> FetchAnswer? {
        let left = deadline - .now()
        guard left > .zero, let socket = try? address.socketAddress(port: url.port) else { return nil }
        let promise = loop.makePromise(of: FetchAnswer.self)
        let timer = loop.scheduleTask(deadline: deadline) { promise.fail(FetchFailure.timedOut(host: url.host)) }
        let maximumBytes = self.policy.maximumBytes
        // Half of the time, so that another address of the host can still be tried.
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(.nanoseconds(left.nanoseconds / 2 + 1))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: url.serverName))
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(FetchHandler(url: url, maximumBytes: maximumBytes, promise: promise))
                }
            }
        defer { timer.cancel() }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(to: socket).get()
        } catch {
            promise.fail(FetchFailure.unreachable(host: url.host))
            return nil
        }
        defer { channel.close(promise: nil) }
        return try await self.value(of: promise)
    }

    /// Waits for a promise, but no longer than its task: a gateway that stops does not wait for servers that say nothing.
    private func value<Value: Sendable>(of promise: EventLoopPromise<Value>) async throws -> Value {
        try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
        }
    }
}
