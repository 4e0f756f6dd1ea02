package import Hummingbird
package import Workspaces

/// What a handler of Portico's own endpoints knows of a request beside the request itself.
///
/// ``RequestIDMiddleware`` and ``ClientAddressMiddleware`` fill it.
package struct GatewayRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The other end of the connection: the client, or the proxy in front of Portico.
    package let peer: ClientAddress
    /// The client's address, behind the proxies that are trusted.
    package internal(set) var client: ClientAddress
    /// The identifier of the request in logs and on pages.
    package internal(set) var requestID: Workspaces.RequestID

    package init(source: ApplicationRequestContextSource) {
        self.coreContext = CoreRequestContextStorage(source: source)
        self.peer = source.channel.remoteAddress.flatMap { ClientAddress($0) } ?? .unknown
        self.client = self.peer
        self.requestID = .random()
    }
}
