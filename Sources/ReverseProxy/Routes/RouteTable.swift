import Workspaces

/// The routes in the order in which they are tried: those of the request's host first, the longest prefix first.
package struct RouteTable: Sendable {
    /// The routes as they were given.
    package let routes: [Route]
    private let hosts: [HostRules]
    private let anyHost: [Rule]

    private struct Rule: Sendable {
        let prefix: [UInt8]
        let index: Int
    }

    private struct HostRules: Sendable {
        let host: [UInt8]
        let rules: [Rule]
    }

    /// Takes routes.
    ///
    /// - Throws: Every mistake that ``problems(in:)`` finds, together.
    package init(_ routes: [Route]) throws(RouteTableRejection) {
        let problems = Self.problems(in: routes)
        guard problems.isEmpty else { throw RouteTableRejection(problems: problems) }
        self.routes = routes
        func rules(where condition: (Route) -> Bool) -> [Rule] {
            routes.indices.filter { condition(routes[$0]) }
                .map { Rule(prefix: Array(routes[$0].pathPrefix.utf8), index: $0) }
                .sorted { $0.prefix.count > $1.prefix.count }
        }
        self.anyHost = rules { $0.host == nil }
        let names = Set(routes.compactMap { $0.host?.lowercased() })
        self.hosts = names.sorted()
            .map { name in
                HostRules(host: Array(name.utf8), rules: rules { $0.host?.lowercased() == name })
            }
    }

    /// What is wrong with routes, a sentence for each mistake; empty when nothing is.
    package static func problems(in routes: [Route]) -> [String] {
        var problems: [String] = []
        if routes.isEmpty { problems.append("There is no route.") }
        var names: Set<String> = []
        var places: Set<[String]> = []
        for route in routes {
            if !names.insert(route.name).inserted { problems.append("Two routes are named \(route.name).") }
            if !places.insert([route.host?.lowercased() ?? "", route.pathPrefix]).inserted {
                problems.append("Route \(route.name) has the host and path prefix of another.")
            }
            problems.append(contentsOf: Self.problems(of: route))
        }
        return problems
    }

    private static func problems(of route: Route) -> [String] {
        var problems: [String] = []
        let prefix = Array(route.pathPrefix.utf8)
        let isPlain = prefix.withUnsafeBytes { RequestPath.inspect($0) == .plain }
        let isPath = prefix.first == UInt8(ascii: "/") && prefix.allSatisfy(ByteClass.isTarget) && isPlain
        if !isPath || prefix.contains(UInt8(ascii: "?")) || (prefix.count > 1 && prefix.last == UInt8(ascii: "/")) {
            problems.append("Route \(route.name): path_prefix must be / or like /app, without an ending slash.")
        }
        problems.append(contentsOf: Self.problems(of: route.upstreams, named: "Route \(route.name)"))
        for (company, upstreams) in route.workspaces.sorted(by: { $0.key.value < $1.key.value }) {
            problems.append(
                contentsOf: Self.problems(of: upstreams, named: "Route \(route.name), workspace \(company),")
            )
        }
        if !route.upgradeOrigins.isEmpty, route.allUpstreams.allSatisfy(\.scheme.isHTTP2) {
            problems.append("Route \(route.name) has upgrade_origins, but HTTP/2 carries no upgrade to its upstreams.")
        }
        if Set(route.workspaces.keys.map(\.folded)).count < route.workspaces.count {
            problems.append("Route \(route.name) has a workspace twice: case makes no difference.")
        }
        if !route.workspaces.isEmpty, route.authentication == .none {
            problems.append("Route \(route.name) has upstreams of workspaces and looks at no session.")
        }
        if let host = route.host, host.isEmpty || !host.utf8.allSatisfy(ByteClass.isHost) || host.contains(":") {
            problems.append("Route \(route.name): host must be a host name without port.")
        }
        for method in (route.methods ?? []).sorted() {
            let parsed = Array(method.utf8).withUnsafeBytes(RequestMethod.parse)
            if parsed == nil || parsed == .trace || parsed == .connect {
                problems.append("Route \(route.name): \(method) is not a method that can be let through.")
            }
        }
        if let size = route.maximumBodySize, size < 0 {
            problems.append("Route \(route.name): the body limit is negative.")
        }
        if let size = route.maximumHeadSize, size < 1 {
            problems.append("Route \(route.name): the header limit lets no request through.")
        }
        if let count = route.maximumInFlight, count < 1 {
            problems.append("Route \(route.name): the limit of requests in flight lets no request through.")
        }
        return problems
    }

    private static func problems(of upstreams: [UpstreamURL], named name: String) -> [String] {
        var problems: [String] = []
        if upstreams.isEmpty { problems.append("\(name) has no upstream.") }
        if upstreams.count > UpstreamGroup.maximumCount {
            problems.append("\(name) has more than \(UpstreamGroup.maximumCount) upstreams.")
        }
        if Set(upstreams).count < upstreams.count { problems.append("\(name) has an upstream twice.") }
        if Set(upstreams.map(\.scheme.isHTTP2)).count > 1 {
            problems.append("\(name) has upstreams of HTTP/2 and of HTTP/1.1 in one list; let all speak the same.")
        }
        return problems
    }

    /// The index of the route of a host and a path.
    ///
    /// - Parameters:
    ///   - host: The value of `Host`, empty when there is none.
    ///   - path: The path, read in one way.
    /// - Returns: `nil` when no route has it.
    @inline(__always)
    func match(host: UnsafeRawBufferPointer, path: UnsafeRawBufferPointer) -> Int? {
        if !self.hosts.isEmpty, let rules = self.rules(of: host), let index = Self.match(rules, path) { return index }
        return Self.match(self.anyHost, path)
    }

    private func rules(of host: UnsafeRawBufferPointer) -> [Rule]? {
        let name = Self.withoutPort(host)
        return self.hosts.first { candidate in
            candidate.host.count == name.count
                && candidate.host.indices.allSatisfy { ByteClass.lowercased(name[$0]) == candidate.host[$0] }
        }?
        .rules
    }

    /// The host without its port and without the dot that ends a fully qualified name.
    private static func withoutPort(_ host: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var end = host.count
        if host.last != UInt8(ascii: "]"), let colon = host.lastIndex(of: UInt8(ascii: ":")) { end = colon }
        if end > 1, host[end - 1] == UInt8(ascii: ".") { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: host[..<end])
    }

    @inline(__always)
    private static func match(_ rules: [Rule], _ path: UnsafeRawBufferPointer) -> Int? {
        for rule in rules where PathPrefix.matches(rule.prefix, path) { return rule.index }
        return nil
    }
}
