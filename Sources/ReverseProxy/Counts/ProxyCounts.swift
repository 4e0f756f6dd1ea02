/// What the data plane has counted since it started, over all event loops, and what is open at the moment.
package struct ProxyCounts: Sendable, Hashable {
    /// The requests of each route that there is, or was since the start, in the order in which they came.
    package let routes: [RouteCounts]
    /// The requests that no route took, and messages that are not HTTP.
    package let elsewhere: [AnswerCount]
    /// The questions of proxies in front whether a request may pass.
    package let questions: [AnswerCount]
    /// The answers that the data plane gave itself instead of a route's upstream, for every code.
    package let refusals: [ProxyError: UInt64]
    /// The requests that are being worked on, those of the control plane aside.
    package let inFlight: Int
    /// The connections that go on in another protocol after a 101.
    package let tunnels: Int
    /// The connections that are open.
    package let connections: ConnectionCounts
    /// The connections of clients that were accepted.
    package let acceptedConnections: UInt64
    /// The connections of clients that were refused, since there were too many.
    package let refusedConnections: UInt64
    /// The bytes that clients sent, those of TLS itself aside.
    package let receivedBytes: UInt64
    /// The bytes that were written to clients, those of TLS itself aside.
    package let sentBytes: UInt64
    /// The connections to each upstream.
    package let upstreams: [UpstreamCounts]

    init(_ counts: LoopCounts, routing: Routing, refusedConnections: UInt64) {
        let counters = counts.counters
        self.routes = routing.routeNames.enumerated()
            .map { index, name in
                RouteCounts(
                    name: name,
                    answers: counters.answers(.route(index)),
                    unfinished: counters.unfinished(.route(index)),
                    timeouts: counters.timeouts(ofRoute: index),
                    durations: counters.durations(ofRoute: index)
                )
            }
        self.elsewhere = counters.answers(.nowhere)
        self.questions = counters.answers(.question)
        self.refusals = Dictionary(
            uniqueKeysWithValues: ProxyError.allCases.map { ($0, counters.refusals[$0] ?? 0) }
        )
        self.inFlight = counts.inFlight
        self.tunnels = counts.tunnels
        self.connections = ConnectionCounts(
            clients: counts.clients,
            upstreams: counts.upstreams.reduce(0) { $0 + $1.open },
            idleUpstreams: counts.upstreams.reduce(0) { $0 + $1.idle }
        )
        self.acceptedConnections = counters.acceptedCount
        self.refusedConnections = refusedConnections
        self.receivedBytes = counters.receivedBytes
        self.sentBytes = counters.sentBytes
        // An upstream that routes speak to in several ways is one upstream.
        var upstreams: [UpstreamCounts] = []
        for count in counts.upstreams {
            if let known = upstreams.firstIndex(where: { $0.origin == count.origin }) {
                upstreams[known].add(count)
            } else {
                upstreams.append(count)
            }
        }
        self.upstreams = upstreams
    }
}
