import HTTPTypes
import Hummingbird

/// Refuses a request head that is not ASCII, before anything of it is compared (RFC 9110, section 5.5).
///
/// Comparing a header with 30 KB of combining marks would take a second (``StreamSafeText``), and no endpoint reads
/// anything but ASCII. Field names are ASCII by their type. `Cookie` may hold anything, since the application's own
/// cookies come along: ``PorticoCookies`` reads it by its bytes.
struct RequestHeadMiddleware: RouterMiddleware {
    let pages: PageRenderer

    func handle(
        _ request: Request,
        context: GatewayRequestContext,
        next: @concurrent (Request, GatewayRequestContext) async throws -> Response
    ) async throws -> Response {
        let readable = request.headers.filter(Self.isReadable)
        let target = [request.head.path, request.head.authority].compactMap { $0 }
        guard readable.count == request.headers.count, target.allSatisfy(Self.isASCII) else {
            let error = GatewayError(.requestInvalid)
            return self.pages.response(for: error, to: readable, requestID: context.requestID)
        }
        return try await next(request, context)
    }

    private static func isReadable(_ field: HTTPField) -> Bool {
        field.name == .cookie || Self.isASCII(field.value)
    }

    private static func isASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x80 }
    }
}
