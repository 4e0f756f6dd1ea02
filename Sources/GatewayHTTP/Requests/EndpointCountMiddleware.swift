import Hummingbird

/// Counts every request of Portico's own endpoints by the status that it is answered with.
struct EndpointCountMiddleware: RouterMiddleware {
    let counter: EndpointCounter

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        // The router has found the endpoint meanwhile, and every copy of the context knows it; where it found none, a
        // word without a slash stands there.
        let endpoint = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? ""
        self.counter.count(.init(endpoint: endpoint, status: Int(response.status.code)))
        return response
    }
}
