package import Hummingbird

/// What stands in front of every endpoint, in its order.
///
/// Nothing reads a header before ``RequestHeadMiddleware`` but the request's identifier, which is checked by its bytes.
package struct GatewayMiddleware: Sendable {
    private let pages: PageRenderer
    private let trustedPeers: TrustedPeers
    private let counter: EndpointCounter

    /// Puts the parts together.
    package init(pages: PageRenderer, trustedPeers: TrustedPeers, counter: EndpointCounter = EndpointCounter()) {
        self.pages = pages
        self.trustedPeers = trustedPeers
        self.counter = counter
    }

    /// Adds the middlewares; only routes that are added afterwards stand behind them.
    package func add(to router: Router<GatewayRequestContext>) {
        router.add(middleware: EndpointCountMiddleware(counter: self.counter))
        router.add(middleware: RequestIDMiddleware(trustedPeers: self.trustedPeers))
        router.add(middleware: SecurityHeadersMiddleware(headers: SecurityHeaders(site: self.pages.site)))
        router.add(middleware: RequestHeadMiddleware(pages: self.pages))
        router.add(middleware: ClientAddressMiddleware(trustedPeers: self.trustedPeers))
        router.add(middleware: ErrorMiddleware(pages: self.pages))
    }
}
