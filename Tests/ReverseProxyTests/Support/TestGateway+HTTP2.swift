import NIOCore

@testable import ReverseProxy

extension TestGateway {
    /// Starts a gateway that speaks TLS, and HTTP/2 with whoever wants it.
    static func startTLS(
        _ upstream: TestUpstream,
        authentication: Route.Authentication = .none,
        route change: (inout Route) -> Void = { _ in },
        configuration configure: (inout ReverseProxyConfiguration) -> Void = { _ in }
    ) async throws -> TestGateway {
        try await .start(
            upstream,
            authentication: authentication,
            halfClosure: true,
            tls: try TestTLS.server(),
            route: change
        ) { configuration in
            configuration.scheme = .https
            configure(&configuration)
        }
    }

    func connectHTTP2(opensWindows: Bool = true) async throws -> HTTP2Client {
        try await .open(port: self.port, opensWindows: opensWindows)
    }

    /// Does something with the first connection, on its event loop.
    @discardableResult
    func withConnection<Value: Sendable>(
        _ body: @escaping @Sendable (HTTP2Connection) -> Value
    ) async throws -> Value? {
        guard let channel = self.accepted.first else { return nil }
        return try await channel.eventLoop
            .submit { body(try channel.pipeline.syncOperations.handler(type: HTTP2Connection.self)) }
            .get()
    }

    /// What the streams of the first connection say, on their event loop.
    func streams<Value: Sendable>(_ body: @escaping @Sendable (FrontHandler) -> Value) async throws -> [Value] {
        guard let channel = self.accepted.first else { return [] }
        return try await channel.eventLoop
            .submit {
                let connection = try? channel.pipeline.syncOperations.handler(type: HTTP2Connection.self)
                return (connection?.loop.fronts ?? []).filter { $0.http2 === connection }.map(body)
            }
            .get()
    }
}
