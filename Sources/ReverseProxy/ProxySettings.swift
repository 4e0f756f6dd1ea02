import Logging
import NIOCore
import NIOSSL
import Workspaces

/// What the configuration becomes once, so that no request has to.
final class ProxySettings: Sendable {
    /// A route with its texts as bytes and its upstreams as numbers.
    final class Rule: Sendable {
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
        let methods: [[UInt8]]?
        let roles: [Role]?
        let firstByte: TimeAmount
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
            self.methods = route.methods.map { $0.sorted().map { Array($0.utf8) } }
            self.roles = route.roles.map(Array.init)
            self.firstByte = TimeAmount(route.timeouts.firstByte)
            self.idle = TimeAmount(route.timeouts.idle)
            self.total = route.timeouts.total.map { TimeAmount($0) }
            self.tunnel = TimeAmount(route.timeouts.tunnel)
        }
    }

    let configuration: ReverseProxyConfiguration
    let sessions: SessionDirectory
    let renderErrorPage: ErrorPageRenderer
    let recordAccess: AccessRecorder?
    let logger: Logger
    let rules: [Rule]
    /// Every upstream of every route, once.
    let origins: [UpstreamOrigin]
    /// For each of these, what its connections in TLS share; `nil` for plain text.
    let upstreamTLS: [NIOSSLContext?]
    /// For each of these, where a route that it serves has a limit, the requests that it has in hand.
    let seats: [UpstreamSeats?]
    /// How many groups of upstreams there are.
    let groupCount: Int
    /// The reserved prefix and the well-known one.
    let reservedPrefixes: [[UInt8]]
    /// The endpoint at which proxies in front ask about requests.
    let forwardAuthenticationPath: [UInt8]
    /// Whether every route lets every member in and nobody else, so that one rule answers for all.
    let isSessionEnough: Bool
    let sessionCookieName: [UInt8]
    let reservedCookiePrefixes: [[UInt8]]
    let headTimeout: TimeAmount
    let bodyIdleTimeout: TimeAmount
    let keepAliveTimeout: TimeAmount
    let maximumHTTP2Age: TimeAmount
    let upstreamIdleTimeout: TimeAmount
    /// How often deadlines are looked at, in nanoseconds.
    let tick: Int64

    init(
        configuration: ReverseProxyConfiguration,
        sessions: SessionDirectory,
        renderErrorPage: @escaping ErrorPageRenderer,
        logger: Logger
    ) throws {
        self.configuration = configuration
        self.sessions = sessions
        self.renderErrorPage = renderErrorPage
        self.recordAccess = configuration.recordAccess
        self.logger = logger
        var origins: [UpstreamOrigin] = []
        var groupCount = 0
        func group(_ upstreams: [UpstreamURL], of route: Route) -> UpstreamGroup {
            let indices = upstreams.map { upstream in
                let origin = UpstreamOrigin(upstream, of: route)
                if let known = origins.firstIndex(of: origin) { return known }
                origins.append(origin)
                return origins.count - 1
            }
            groupCount += 1
            return UpstreamGroup(index: groupCount - 1, origins: indices)
        }
        self.rules = configuration.routes.routes.enumerated()
            .map { index, route in
                let workspaces = route.workspaces.map { ($0.key.folded, group($0.value, of: route)) }
                return Rule(
                    index: index,
                    route: route,
                    upstreams: group(route.upstreams, of: route),
                    workspaces: workspaces.isEmpty ? nil : Dictionary(uniqueKeysWithValues: workspaces)
                )
            }
        self.origins = origins
        self.groupCount = groupCount
        let limited = self.rules.filter { $0.route.maximumInFlight != nil }
            .flatMap { [$0.upstreams] + ($0.workspaces.map { Array($0.values) } ?? []) }
            .flatMap(\.origins)
        self.seats = origins.indices.map { limited.contains($0) ? UpstreamSeats() : nil }
        // To read the system's authorities takes long, and most routes have the same settings.
        var contexts: [UpstreamTLS: NIOSSLContext] = [:]
        for tls in Set(origins.compactMap(\.tls)) { contexts[tls] = try tls.context() }
        self.upstreamTLS = origins.map { origin in origin.tls.flatMap { contexts[$0] } }
        self.reservedPrefixes = [configuration.prefix, "/.well-known/portico"].map { Array($0.utf8) }
        self.forwardAuthenticationPath = Array("\(configuration.prefix)/auth".utf8)
        self.isSessionEnough = configuration.routes.routes.allSatisfy {
            $0.authentication == .required && $0.roles == nil && $0.methods == nil
        }
        self.sessionCookieName = Array(configuration.sessionCookieName.utf8)
        self.reservedCookiePrefixes = configuration.reservedCookiePrefixes.map { Array($0.utf8) }
        self.headTimeout = TimeAmount(configuration.headTimeout)
        self.bodyIdleTimeout = TimeAmount(configuration.bodyIdleTimeout)
        self.keepAliveTimeout = TimeAmount(configuration.keepAliveTimeout)
        self.maximumHTTP2Age = TimeAmount(configuration.maximumHTTP2Age)
        self.upstreamIdleTimeout = TimeAmount(configuration.upstreamIdleTimeout)
        self.tick = Self.tick(of: configuration)
    }

    /// A quarter of the shortest timeout, between 10 and 250 ms.
    private static func tick(of configuration: ReverseProxyConfiguration) -> Int64 {
        var timeouts = [
            configuration.headTimeout, configuration.bodyIdleTimeout, configuration.keepAliveTimeout,
            configuration.upstreamIdleTimeout, configuration.shutdownDeadline, configuration.maximumHTTP2Age,
        ]
        for route in configuration.routes.routes {
            timeouts.append(contentsOf: [route.timeouts.firstByte, route.timeouts.idle, route.timeouts.tunnel])
            timeouts.append(contentsOf: route.timeouts.total.map { [$0] } ?? [])
        }
        let shortest = timeouts.map(\.milliseconds).min() ?? 1_000
        return min(250, max(10, shortest / 4)) * 1_000_000
    }
}
