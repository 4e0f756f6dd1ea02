/// An upstream and the way it is spoken to, which have connections of their own.
struct UpstreamOrigin: Hashable, Sendable {
    /// Where it is.
    let url: UpstreamURL
    /// How TLS is spoken with it; `nil` for plain text.
    let tls: UpstreamTLS?

    init(_ url: UpstreamURL, of route: Route) {
        self.url = url
        guard url.scheme.isTLS else {
            self.tls = nil
            return
        }
        var tls = route.tls ?? UpstreamTLS()
        if url.scheme.isHTTP2 { tls.applicationProtocols = ["h2"] }
        self.tls = tls
    }
}
