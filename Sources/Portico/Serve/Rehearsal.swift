import Foundation
import Logging
import NIOCore
import NIOPosix
import ReverseProxy
import Workspaces

/// Requests that a node makes of itself before it takes any: code that runs for the first time is paged in, and has its
/// types looked up, which takes milliseconds that somebody would wait for.
///
///     requests ──► a data plane for the rehearsal ──► an application that answers each with 200
///
/// Both listen on loopback for as long as it takes. The code and the event loops are those of the gateway; the route, the
/// one session, which is nobody's, and the key that signs its tokens are there for this alone, so that nothing of the
/// rehearsal counts anywhere else.
struct Rehearsal: Sendable {
    /// How many requests are made.
    static let count = 32

    let group: any EventLoopGroup
    /// How long all of them may take.
    var limit = TimeAmount.seconds(1)
    let logger: Logger

    /// Rehearses once; a failure is only told, since requests go on without it.
    ///
    /// - Returns: How many requests were answered: all or none.
    @discardableResult
    func run() async -> Int {
        do {
            let application = try await self.listen { channel in
                try channel.pipeline.syncOperations.addHandler(RehearsedApplication())
            }
            defer { application.close(promise: nil) }
            let token = SessionToken.random()
            let proxy = try self.proxy(for: token, upstream: application)
            let gateway = try await self.listen { channel in
                guard try proxy.admit(channel, refusal: .closed) else { return }
                try proxy.takeOver(channel) { $0.eventLoop.makeSucceededVoidFuture() }
            }
            defer { gateway.close(promise: nil) }
            let outcome = await self.request(with: token, at: gateway)
            await proxy.stop()
            try outcome.get()
            return Self.count
        } catch {
            self.logger.debug("requests were not rehearsed", metadata: ["error": "\(String(reflecting: error))"])
            return 0
        }
    }

    private func listen(_ setUp: @escaping @Sendable (any Channel) throws -> Void) async throws -> any Channel {
        try await ServerBootstrap(group: self.group)
            .childChannelInitializer { channel in channel.eventLoop.makeCompletedFuture { try setUp(channel) } }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    private func proxy(for token: SessionToken, upstream: any Channel) throws -> ReverseProxy {
        let session = Self.session(of: token, now: Date())
        let key = IdentitySigningKey.generate()
        let sessions = SessionDirectory(
            tokens: IdentityTokenSource { session, audience, now in
                let claims = IdentityClaims(
                    of: session,
                    issuer: "http://localhost",
                    audience: audience,
                    tokenID: .random(),
                    now: now
                )
                return try? key.sign(claims)
            },
            load: { _ in session.map { [$0.tokenHash: .success($0)] } ?? [:] },
            recordActivity: { _ in }
        )
        let upstreams = [UpstreamURL("http://127.0.0.1:\(upstream.localAddress?.port ?? 0)")].compactMap { $0 }
        let route = Route(name: "rehearsal", upstreams: upstreams)
        return try ReverseProxy(
            configuration: ReverseProxyConfiguration(
                routes: try RouteTable([route]),
                shutdownDeadline: .seconds(1)
            ),
            sessions: sessions,
            renderErrorPage: { _, _, _ in [] },
            logger: self.logger
        )
    }

    /// Makes the requests, each when the one before was answered, as a browser does.
    private func request(with token: SessionToken, at gateway: any Channel) async -> Result<Void, any Error> {
        let request =
            "GET /rehearsal HTTP/1.1\r\nHost: localhost\r\nUser-Agent: portico\r\nAccept: */*\r\n"
            + "Cookie: __Host-portico_session=\(token.cookieValue)\r\n\r\n"
        let eventLoop = self.group.any()
        let done = eventLoop.makePromise(of: Void.self)
        // It also ends the wait for a connection that does not come about.
        let timer = eventLoop.scheduleTask(in: self.limit) { done.fail(ChannelError.connectTimeout(self.limit)) }
        defer { timer.cancel() }
        let connecting = ClientBootstrap(group: self.group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let client = RehearsedClient(request: request, count: Self.count, done: done)
                    try channel.pipeline.syncOperations.addHandler(client)
                }
            }
            .connect(host: "127.0.0.1", port: gateway.localAddress?.port ?? 0)
        connecting.whenFailure { done.fail($0) }
        do {
            try await done.futureResult.get()
            try await connecting.get().close()
            return .success(())
        } catch {
            connecting.whenSuccess { $0.close(promise: nil) }
            return .failure(error)
        }
    }

    /// Nobody's session.
    private static func session(of token: SessionToken, now: Date) -> Session? {
        guard let companyID = CompanyID("rehearsal"), let email = Email("nobody@rehearsal.example") else { return nil }
        return Session(
            id: .random(),
            tokenHash: token.hash,
            workspaceID: .random(),
            companyID: companyID,
            userID: .random(),
            email: email,
            displayName: "Nobody",
            role: RoleCatalogue.standard.admin,
            authenticatedAt: now,
            expiresAt: now.addingTimeInterval(60),
            maxIdle: .seconds(60)
        )
    }
}
