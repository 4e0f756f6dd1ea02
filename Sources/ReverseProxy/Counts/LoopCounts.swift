/// A copy of what an event loop has counted, with what is open on it at the moment.
struct LoopCounts: Sendable {
    var counters: LoopCounters
    var clients: Int
    var inFlight: Int
    var tunnels: Int
    /// In the order of the routing's origins.
    var upstreams: [UpstreamCounts]

    init(counters: LoopCounters, clients: Int, inFlight: Int, tunnels: Int, upstreams: [UpstreamCounts]) {
        self.counters = counters
        self.clients = clients
        self.inFlight = inFlight
        self.tunnels = tunnels
        self.upstreams = upstreams
    }

    /// The counts of no event loop.
    init(routing: Routing) {
        self.init(
            counters: LoopCounters(routeCount: routing.routeNames.count),
            clients: 0,
            inFlight: 0,
            tunnels: 0,
            upstreams: routing.origins.map {
                UpstreamCounts(origin: $0.url, open: 0, idle: 0, connected: 0, connectFailures: 0)
            }
        )
    }

    mutating func add(_ other: LoopCounts) {
        self.counters.add(other.counters)
        self.clients += other.clients
        self.inFlight += other.inFlight
        self.tunnels += other.tunnels
        for (index, upstream) in other.upstreams.enumerated() {
            if index < self.upstreams.count {
                self.upstreams[index].add(upstream)
            } else {
                self.upstreams.append(upstream)
            }
        }
    }
}
