package import Workspaces

/// One rule of the data plane: which requests it takes, who may make them, and where they go.
package struct Route: Sendable, Hashable {
    /// Whether a session is needed.
    package enum Authentication: String, Sendable, Hashable, CaseIterable {
        /// Without a session: the sign-in page, or 401.
        case required
        /// Identity headers are added when there is a session.
        case optional
        /// No session is looked at; inbound identity headers are still removed.
        case none
    }

    /// The limits of time of one request.
    package struct Timeouts: Sendable, Hashable {
        /// To open a connection to the upstream, the handshake of TLS included.
        package var connect: Duration
        /// From the last byte of the request to the first of the answer.
        package var firstByte: Duration
        /// Between two pieces of the answer.
        package var idle: Duration
        /// From the request's head to the answer's last byte; `nil` is no limit.
        package var total: Duration?
        /// Between two pieces, in either direction, of a connection that goes on in another protocol; the other limits do
        /// not hold for it.
        package var tunnel: Duration

        /// Makes timeouts; the defaults suit a web application.
        package init(
            connect: Duration = .seconds(5),
            firstByte: Duration = .seconds(60),
            idle: Duration = .seconds(60),
            total: Duration? = nil,
            tunnel: Duration = .seconds(3_600)
        ) {
            self.connect = connect
            self.firstByte = firstByte
            self.idle = idle
            self.total = total
            self.tunnel = tunnel
        }
    }

    /// The name, which is also the audience of identity tokens.
    package var name: String
    /// The host this route answers for, without port, in any case; `nil` is every host.
    package var host: String?
    /// The path prefix in whole segments; `/` is every path.
    package var pathPrefix: String
    /// Whether the prefix is taken off the path that the upstream receives.
    package var stripPrefix: Bool
    /// Where requests go, each to the one with the fewest in hand; 1 to 64, none twice, and all of HTTP/2 or none.
    package var upstreams: [UpstreamURL]
    /// Where the requests of sessions of a workspace go instead, and nowhere else; like ``upstreams`` for each.
    package var workspaces: [CompanyID: [UpstreamURL]]
    /// Whether a session is needed.
    package var authentication: Authentication
    /// The roles let through; `nil` is every role.
    package var roles: Set<Role>?
    /// The methods let through; `nil` is every method.
    package var methods: Set<String>?
    /// The origins (RFC 6454) of other sites whose pages may ask for another protocol, such as WebSocket, with a session.
    package var upgradeOrigins: Set<String>
    /// The limits of time.
    package var timeouts: Timeouts
    /// How TLS is spoken with `https` and `h2` upstreams; `nil` is with the system's authorities and without a certificate.
    package var tls: UpstreamTLS?
    /// The largest request body in bytes; `nil` is no limit.
    package var maximumBodySize: Int?
    /// The longest request head in bytes, request line included; `nil` is that of all routes, which it cannot exceed.
    package var maximumHeadSize: Int?
    /// How many requests each upstream may have in hand, those of other routes and open tunnels included, over all event
    /// loops; `nil` is no limit.
    package var maximumInFlight: Int?
    /// How many bytes of a request body a client has to send in a second, on average and some seconds of grace aside, for as
    /// long as the upstream takes them; 0 is none.
    package var minimumBodyRate: Int

    /// Makes a route with defaults for everything but its name and upstreams.
    package init(
        name: String = "default",
        host: String? = nil,
        pathPrefix: String = "/",
        stripPrefix: Bool = false,
        upstreams: [UpstreamURL],
        workspaces: [CompanyID: [UpstreamURL]] = [:],
        authentication: Authentication = .required,
        roles: Set<Role>? = nil,
        methods: Set<String>? = nil,
        upgradeOrigins: Set<String> = [],
        timeouts: Timeouts = Timeouts(),
        tls: UpstreamTLS? = nil,
        maximumBodySize: Int? = nil,
        maximumHeadSize: Int? = nil,
        maximumInFlight: Int? = nil,
        minimumBodyRate: Int = 240
    ) {
        self.name = name
        self.host = host
        self.pathPrefix = pathPrefix
        self.stripPrefix = stripPrefix
        self.upstreams = upstreams
        self.workspaces = workspaces
        self.authentication = authentication
        self.roles = roles
        self.methods = methods
        self.upgradeOrigins = upgradeOrigins
        self.timeouts = timeouts
        self.tls = tls
        self.maximumBodySize = maximumBodySize
        self.maximumHeadSize = maximumHeadSize
        self.maximumInFlight = maximumInFlight
        self.minimumBodyRate = minimumBodyRate
    }

    /// The upstreams of all requests: those of the route, then those of workspaces in the order of their names.
    package var allUpstreams: [UpstreamURL] {
        self.upstreams + self.workspaces.sorted { $0.key.value < $1.key.value }.flatMap(\.value)
    }
}
