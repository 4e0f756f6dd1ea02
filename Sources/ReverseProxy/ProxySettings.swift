import Logging
import NIOCore
import Workspaces

/// What the configuration becomes once, so that no request has to; what depends on the routes is in ``Routing``.
final class ProxySettings: Sendable {
    /// A route with its texts as bytes and its upstreams as numbers.
    final class Rule: Sendable {
        /// The number under which the route is counted, the same for every route of its name.
        let index: Int
        let route: Route
        /// Where its requests go.
        let upstreams: UpstreamGroup
        /// Where those of a workspace's sessions go instead, by the folded Company ID; `nil` without such workspaces.
        let workspaces: [String: UpstreamGroup]?
        let strippedPathLength: Int
        let maximumHeadSize: Int
        /// How many requests each upstream may have in hand.
        let maximumInFlight: Int
        /// How many bytes of a body a client has to send in a second; 0 is none.
        let minimumBodyRate: Int
        let methods: [[UInt8]]?
        let roles: [Role]?
        /// In lower case.
        let upgradeOrigins: [[UInt8]]
        let firstByte: TimeAmount
        /// How long a request waits for the beginning of its answer, and for a connection before.
        let patience: TimeAmount
        let idle: TimeAmount
        let total: TimeAmount?
        let tunnel: TimeAmount

        init(index: Int, route: Route, upstreams: UpstreamGroup, workspaces: [String: UpstreamGroup]? = nil) {
            self.index = index
            self.route = route
            self.upstreams = upstreams
            self.workspaces = workspaces
            self.strippedPathLength = route.stripPrefix && route.pathPrefix != "/" ? route.pathPrefix.utf8.count : 0
            self.maximumHeadSize = route.maximumHeadSize ?? .max
            self.maximumInFlight = route.maximumInFlight ?? .max
            self.minimumBodyRate = route.minimumBodyRate
            self.methods = route.methods.map { $0.sorted().map { Array($0.utf8) } }
            self.roles = route.roles.map(Array.init)
            self.upgradeOrigins = route.upgradeOrigins.sorted().map { Array($0.lowercased().utf8) }
            self.firstByte = TimeAmount(route.timeouts.firstByte)
            self.patience = self.firstByte + TimeAmount(route.timeouts.connect)
            self.idle = TimeAmount(route.timeouts.idle)
            self.total = route.timeouts.total.map { TimeAmount($0) }
            self.tunnel = TimeAmount(route.timeouts.tunnel)
        }

        /// Every upstream that a request may go to, as indices into ``Routing/origins``.
        var origins: [Int] {
            self.upstreams.origins + (self.workspaces.map { $0.values.flatMap(\.origins) } ?? [])
        }
    }

    let configuration: ReverseProxyConfiguration
    let sessions: SessionDirectory
    let renderErrorPage: ErrorPageRenderer
    let recordAccess: AccessRecorder?
    let logger: Logger
    /// The reserved prefix and the well-known one.
    let reservedPrefixes: [[UInt8]]
    /// The endpoint at which proxies in front ask about requests.
    let forwardAuthenticationPath: [UInt8]
    /// In lower case.
    let origin: [UInt8]?
    /// What an origin of the gateway's begins with.
    let schemePrefix: [UInt8]
    let tunnels: TunnelLimiter
    let sessionCookieName: [UInt8]
    let reservedCookiePrefixes: [[UInt8]]
    let headTimeout: TimeAmount
    let bodyIdleTimeout: TimeAmount
    let bodyGrace: TimeAmount
    let controlBodyTimeout: TimeAmount
    let keepAliveTimeout: TimeAmount
    let maximumHTTP2Age: TimeAmount
    let upstreamIdleTimeout: TimeAmount

    init(
        configuration: ReverseProxyConfiguration,
        sessions: SessionDirectory,
        renderErrorPage: @escaping ErrorPageRenderer,
        logger: Logger
    ) {
        self.configuration = configuration
        self.sessions = sessions
        self.renderErrorPage = renderErrorPage
        self.recordAccess = configuration.recordAccess
        self.logger = logger
        self.reservedPrefixes = [configuration.prefix, "/.well-known/portico"].map { Array($0.utf8) }
        self.forwardAuthenticationPath = Array("\(configuration.prefix)/auth".utf8)
        self.origin = configuration.origin.map { Array($0.lowercased().utf8) }
        self.schemePrefix = Array("\(configuration.scheme.rawValue)://".utf8)
        self.tunnels = TunnelLimiter(limit: configuration.limits.tunnelsPerSession)
        self.sessionCookieName = Array(configuration.sessionCookieName.utf8)
        self.reservedCookiePrefixes = configuration.reservedCookiePrefixes.map { Array($0.utf8) }
        self.headTimeout = TimeAmount(configuration.headTimeout)
        self.bodyIdleTimeout = TimeAmount(configuration.bodyIdleTimeout)
        self.bodyGrace = TimeAmount(configuration.bodyGrace)
        self.controlBodyTimeout = TimeAmount(configuration.controlBodyTimeout)
        self.keepAliveTimeout = TimeAmount(configuration.keepAliveTimeout)
        self.maximumHTTP2Age = TimeAmount(configuration.maximumHTTP2Age)
        self.upstreamIdleTimeout = TimeAmount(configuration.upstreamIdleTimeout)
    }
}
