/// How many connections are open.
package struct ConnectionCounts: Sendable, Hashable {
    /// From clients.
    package var clients = 0
    /// To upstreams, idle ones included.
    package var upstreams = 0
    /// To upstreams, waiting for a request.
    package var idleUpstreams = 0
}
