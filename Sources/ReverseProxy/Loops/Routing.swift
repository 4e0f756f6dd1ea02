import NIOCore
import NIOSSL
import Workspaces

/// What the routes become once, so that no request has to; taken as a whole, and replaced as a whole when they are read
/// again.
///
/// Upstreams and the names of routes keep their numbers from one value to the next, and new ones are added behind: a
/// request that began under an older value finds its pool and is counted at its route, and what was counted goes on.
final class Routing: Sendable {
    /// The routes, matched by host and the longest path prefix.
    let table: RouteTable
    /// In the order of the table.
    let rules: [ProxySettings.Rule]
    /// Every upstream that a route has, or had since the start, once.
    let origins: [UpstreamOrigin]
    /// For each of these, what its connections in TLS share; `nil` for plain text.
    let upstreamTLS: [NIOSSLContext?]
    /// For each of these, where a route that it serves has a limit, or had one, the requests that it has in hand.
    let seats: [UpstreamSeats?]
    /// How many groups of upstreams there are, or were since the start.
    let groupCount: Int
    /// The name of every route that there is, or was since the start, by the number under which it is counted.
    let routeNames: [String]
    /// Whether every route lets every member in and nobody else, so that one rule answers for all.
    let isSessionEnough: Bool
    /// How often deadlines are looked at, in nanoseconds.
    let tick: Int64

    /// Makes the value of a table.
    ///
    /// - Parameters:
    ///   - table: The routes.
    ///   - configuration: The timeouts that do not depend on the route.
    ///   - previous: The value that is replaced, whose numbers go on.
    /// - Throws: When the TLS settings for an upstream cannot be made.
    init(table: RouteTable, configuration: ReverseProxyConfiguration, previous: Routing? = nil) throws {
        self.table = table
        var origins = previous?.origins ?? []
        var names = previous?.routeNames ?? []
        var groupCount = previous?.groupCount ?? 0
        func number<Element: Equatable>(of element: Element, in list: inout [Element]) -> Int {
            if let known = list.firstIndex(of: element) { return known }
            list.append(element)
            return list.count - 1
        }
        func group(_ upstreams: [UpstreamURL], of route: Route) -> UpstreamGroup {
            defer { groupCount += 1 }
            let indices = upstreams.map { number(of: UpstreamOrigin($0, of: route), in: &origins) }
            let isHTTP2 = upstreams.contains { $0.scheme.isHTTP2 }
            return UpstreamGroup(index: groupCount, origins: indices, isHTTP2: isHTTP2)
        }
        self.rules = table.routes.map { route in
            // What is told of a session is kept by rule: an unchanged route keeps its rule.
            if let unchanged = previous?.rules.first(where: { $0.route == route }) { return unchanged }
            let workspaces = route.workspaces.map { ($0.key.folded, group($0.value, of: route)) }
            return ProxySettings.Rule(
                index: number(of: route.name, in: &names),
                route: route,
                upstreams: group(route.upstreams, of: route),
                workspaces: workspaces.isEmpty ? nil : Dictionary(uniqueKeysWithValues: workspaces)
            )
        }
        let limited = Set(self.rules.filter { $0.route.maximumInFlight != nil }.flatMap(\.origins))
        self.seats = origins.indices.map { index in
            let known = previous.flatMap { $0.seats.indices.contains(index) ? $0.seats[index] : nil }
            return known ?? (limited.contains(index) ? UpstreamSeats() : nil)
        }
        self.upstreamTLS = try Self.contexts(of: origins, previous)
        self.groupCount = groupCount
        self.origins = origins
        self.routeNames = names
        self.isSessionEnough = table.routes.allSatisfy {
            $0.authentication == .required && $0.roles == nil && $0.methods == nil
        }
        self.tick = Self.tick(of: table.routes, configuration)
    }

    /// What each upstream's connections in TLS share, those that there were before included.
    private static func contexts(of origins: [UpstreamOrigin], _ previous: Routing?) throws -> [NIOSSLContext?] {
        // To read the system's authorities takes long, and most routes have the same settings.
        var contexts: [UpstreamTLS: NIOSSLContext] = [:]
        for (origin, context) in zip(previous?.origins ?? [], previous?.upstreamTLS ?? []) {
            if let tls = origin.tls { contexts[tls] = context }
        }
        for tls in Set(origins.compactMap(\.tls)) where contexts[tls] == nil { contexts[tls] = try tls.context() }
        return origins.map { origin in origin.tls.flatMap { contexts[$0] } }
    }

    /// Whether a route of this value goes to an upstream.
    func uses(origin: Int) -> Bool {
        self.rules.contains { $0.origins.contains(origin) }
    }

    /// A quarter of the shortest timeout, between 10 and 250 ms.
    private static func tick(of routes: [Route], _ configuration: ReverseProxyConfiguration) -> Int64 {
        var timeouts = [
            configuration.headTimeout, configuration.bodyIdleTimeout, configuration.bodyGrace,
            configuration.controlBodyTimeout, configuration.keepAliveTimeout,
            configuration.upstreamIdleTimeout, configuration.shutdownDeadline, configuration.maximumHTTP2Age,
        ]
        for route in routes {
            timeouts.append(contentsOf: [route.timeouts.firstByte, route.timeouts.idle, route.timeouts.tunnel])
            timeouts.append(contentsOf: route.timeouts.total.map { [$0] } ?? [])
        }
        let shortest = timeouts.map(\.milliseconds).min() ?? 1_000
        return min(250, max(10, shortest / 4)) * 1_000_000
    }
}
