import HTTPTypes
import Hummingbird

/// Adds the security headers to every response, below what the endpoint set itself.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private let fields: HTTPFields

    init(headers: SecurityHeaders) {
        self.fields = headers.fields
    }

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in self.fields where !response.headers.contains(field.name) {
            response.headers.append(field)
        }
        return response
    }
}
