import HTTPTypes
import Hummingbird
import Logging
import Workspaces

/// Gives every request its identifier: a trusted proxy's own, otherwise a new one; every response carries it.
struct RequestIDMiddleware: RouterMiddleware {
    let trustedPeers: TrustedPeers

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if self.trustedPeers.contains(context.peer),
            let id = request.headers[.xRequestID].flatMap({ Workspaces.RequestID($0) })
        {
            context.requestID = id
        }
        context.logger[metadataKey: "request.id"] = .string(context.requestID.value)
        var response = try await next(request, context)
        response.headers[.xRequestID] = context.requestID.value
        return response
    }
}
