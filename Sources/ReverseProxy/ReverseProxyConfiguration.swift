package import Tracing

/// Settings of the data plane, with the defaults of `serve`.
package struct ReverseProxyConfiguration: Sendable {
    /// The scheme that clients reach the gateway by, as told in `X-Forwarded-Proto`.
    package enum Scheme: String, Sendable, Hashable {
        /// Plain text between the client and this process.
        case http
        /// TLS ends in this process.
        case https
    }

    /// The routes, matched by host and the longest path prefix.
    package var routes: RouteTable
    /// The reserved path prefix of the control plane: begins with one slash, ends without.
    package var prefix: String
    /// The name of the cookie that carries a session's token.
    package var sessionCookieName: String
    /// Cookies whose name begins so, in any case, belong to Portico: neither side may pass one through.
    package var reservedCookiePrefixes: [String]
    /// Peers whose forwarding headers and request ids are believed.
    package var trustedProxies: TrustedProxies
    /// The scheme of the listener.
    package var scheme: Scheme
    /// The origin that browsers know the gateway by (RFC 6454), from which upgrades are always taken.
    package var origin: String?
    /// How much clients may hold open.
    package var limits: ConnectionLimits
    /// Complete header lines without line ends that go with an HTML error page, such as its content security policy.
    package var errorPageHeaders: [String]
    /// The longest request head in bytes, request line included (431 beyond).
    package var maximumHeadSize: Int
    /// The largest number of header lines in one head (431 beyond).
    package var maximumHeaderLines: Int
    /// How long a client may take to send one request head.
    package var headTimeout: Duration
    /// How long a client may pause within a request body, or refuse to take response bytes.
    package var bodyIdleTimeout: Duration
    /// How long a client may take to send a request body besides the time that ``Route/minimumBodyRate`` gives it.
    package var bodyGrace: Duration
    /// How long a client may take to send the body of a request for the control plane, whose forms are small, however often
    /// some of it comes.
    package var controlBodyTimeout: Duration
    /// How long an idle keep-alive client connection is kept.
    package var keepAliveTimeout: Duration
    /// How many streams a connection of HTTP/2 may have open.
    package var maximumStreams: Int
    /// How long a connection of HTTP/2 may take new streams, however busy it is.
    package var maximumHTTP2Age: Duration
    /// How long an idle upstream connection is kept in its pool.
    package var upstreamIdleTimeout: Duration
    /// How many idle connections one event loop keeps for one upstream.
    package var maximumIdlePerUpstream: Int
    /// When an upstream that fails is set aside for a while.
    package var upstreamHealth: UpstreamHealthLimits
    /// How long a graceful shutdown waits for requests in flight.
    package var shutdownDeadline: Duration
    /// Takes what the access log tells of each request; `nil` is none, and costs nothing.
    package var recordAccess: AccessRecorder?
    /// Takes the spans of requests; `nil` is none, and costs nothing.
    package var tracer: (any Tracer)?

    /// Makes settings with defaults for everything but the routes.
    package init(
        routes: RouteTable,
        prefix: String = "/.portico",
        sessionCookieName: String = "__Host-portico_session",
        reservedCookiePrefixes: [String] = ["__Host-portico_"],
        trustedProxies: TrustedProxies = TrustedProxies(),
        scheme: Scheme = .http,
        origin: String? = nil,
        limits: ConnectionLimits = ConnectionLimits(),
        errorPageHeaders: [String] = [],
        maximumHeadSize: Int = 32_768,
        maximumHeaderLines: Int = 100,
        headTimeout: Duration = .seconds(15),
        bodyIdleTimeout: Duration = .seconds(60),
        bodyGrace: Duration = .seconds(10),
        controlBodyTimeout: Duration = .seconds(120),
        keepAliveTimeout: Duration = .seconds(75),
        maximumStreams: Int = 100,
        maximumHTTP2Age: Duration = .seconds(3_600),
        upstreamIdleTimeout: Duration = .seconds(55),
        maximumIdlePerUpstream: Int = 256,
        upstreamHealth: UpstreamHealthLimits = UpstreamHealthLimits(),
        shutdownDeadline: Duration = .seconds(30),
        recordAccess: AccessRecorder? = nil,
        tracer: (any Tracer)? = nil
    ) {
        self.routes = routes
        self.prefix = prefix
        self.sessionCookieName = sessionCookieName
        self.reservedCookiePrefixes = reservedCookiePrefixes
        self.trustedProxies = trustedProxies
        self.scheme = scheme
        self.origin = origin
        self.limits = limits
        self.errorPageHeaders = errorPageHeaders
        self.maximumHeadSize = maximumHeadSize
        self.maximumHeaderLines = maximumHeaderLines
        self.headTimeout = headTimeout
        self.bodyIdleTimeout = bodyIdleTimeout
        self.bodyGrace = bodyGrace
        self.controlBodyTimeout = controlBodyTimeout
        self.keepAliveTimeout = keepAliveTimeout
        self.maximumStreams = maximumStreams
        self.maximumHTTP2Age = maximumHTTP2Age
        self.upstreamIdleTimeout = upstreamIdleTimeout
        self.maximumIdlePerUpstream = maximumIdlePerUpstream
        self.upstreamHealth = upstreamHealth
        self.shutdownDeadline = shutdownDeadline
        self.recordAccess = recordAccess
        self.tracer = tracer
    }
}
