import HTTPTypes
import Hummingbird
import Logging
import Workspaces

/// Turns every error into a page for a browser and JSON for a program.
///
/// What no endpoint foresaw is logged and shown as `unavailable`: the detail of an unexpected error is nobody's business.
struct ErrorMiddleware: RouterMiddleware {
    let pages: PageRenderer

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let error = self.gatewayError(for: error, logger: context.logger)
            return self.pages.response(for: error, to: request.headers, requestID: context.requestID)
        }
    }

    private func gatewayError(for error: any Error, logger: Logger) -> GatewayError {
        switch error {
        case let error as GatewayError:
            return error
        case let error as RequestRefusal:
            return GatewayError(error)
        case let error as RefusalCode:
            return GatewayError(error)
        case let error as any HTTPResponseError where error.status == .notFound:
            return GatewayError(.notFound)
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            return GatewayError(.formTooLarge)
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            return GatewayError(.formInvalid)
        case let error:
            logger.error("A request failed unexpectedly", metadata: ["error": .string(String(reflecting: error))])
            return GatewayError(.unavailable)
        }
    }
}
