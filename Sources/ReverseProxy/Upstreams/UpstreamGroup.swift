/// Upstreams that do the same work: each request goes to one of them.
final class UpstreamGroup: Sendable {
    /// How many there may be: those that a request has tried are bits of one number.
    static let maximumCount = 64

    /// The place among the routing's groups.
    let index: Int
    /// Indices into ``Routing/origins``; never empty.
    let origins: [Int]
    /// Whether they speak HTTP/2; a group has one way of speaking.
    let isHTTP2: Bool

    init(index: Int, origins: [Int], isHTTP2: Bool = false) {
        self.index = index
        self.origins = origins
        self.isHTTP2 = isHTTP2
    }
}
