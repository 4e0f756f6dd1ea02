/// An upstream and the way it is spoken to, which have connections of their own.
struct UpstreamOrigin: Hashable, Sendable {
    /// Where it is.
    let url: UpstreamURL
    /// How TLS is spoken with it; `nil` for plain text.
    let tls: UpstreamTLS?

    init(_ url: UpstreamURL, of route: Route) {
        self.url = url
        self.tls = url.scheme == .https ? route.tls ?? UpstreamTLS() : nil
    }
}
