import Hummingbird
import Logging

/// Finds the client's address behind the trusted proxies.
struct ClientAddressMiddleware: RouterMiddleware {
    let trustedPeers: TrustedPeers

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.client = self.trustedPeers.clientAddress(peer: context.peer, headers: request.headers)
        context.logger[metadataKey: "client.address"] = .string(context.client.description)
        return try await next(request, context)
    }
}
