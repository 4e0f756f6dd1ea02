package import HTTPTypes

extension HTTPField.Name {
    /// The client and the proxies on the way, as the proxies wrote them.
    static let xForwardedFor = Self.named("X-Forwarded-For")
    /// The identifier of the request across proxies.
    package static let xRequestID = Self.named("X-Request-Id")
    /// The relation of the page that made a request to its target (W3C Fetch Metadata).
    package static let secFetchSite = Self.named("Sec-Fetch-Site")
    /// How the request was made (W3C Fetch Metadata).
    package static let secFetchMode = Self.named("Sec-Fetch-Mode")
    /// How much of a page's address other sites learn.
    static let referrerPolicy = Self.named("Referrer-Policy")
    /// Which windows may hold a reference to the page's.
    static let crossOriginOpenerPolicy = Self.named("Cross-Origin-Opener-Policy")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("A header name above is not a token.") }
        return name
    }
}
