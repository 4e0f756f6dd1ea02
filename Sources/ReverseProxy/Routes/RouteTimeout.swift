/// The limits of time of a route that can pass, as they are counted; see ``Route/Timeouts``.
package enum RouteTimeout: String, Sendable, Hashable, CaseIterable {
    /// The upstream did not take the connection; each upstream that was tried counts.
    case connect
    /// The answer did not begin.
    case firstByte = "first_byte"
    /// The answer did not go on, or the upstream did not take the request's body.
    case idle
    /// The request did not end.
    case total
    /// Nothing passed through a connection that goes on in another protocol.
    case tunnel
}
