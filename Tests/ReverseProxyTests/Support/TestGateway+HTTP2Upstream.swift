import NIOSSL

@testable import ReverseProxy

extension TestGateway {
    /// Starts a gateway in front of an upstream of HTTP/2; it speaks TLS, and HTTP/2 with whoever wants it.
    static func start(
        _ upstream: TestHTTP2Upstream,
        authentication: Route.Authentication = .none,
        tls: UpstreamTLS? = nil,
        isSecure: Bool = true,
        route change: (inout Route) -> Void = { _ in },
        configuration configure: (inout ReverseProxyConfiguration) -> Void = { _ in }
    ) async throws -> TestGateway {
        var route = Route(upstreams: upstream.urls, authentication: authentication, tls: tls)
        change(&route)
        return try await .start(
            routes: [route],
            halfClosure: isSecure,
            tls: isSecure ? try TestTLS.server() : nil
        ) { configuration in
            configuration.scheme = isSecure ? .https : .http
            configure(&configuration)
        }
    }
}
