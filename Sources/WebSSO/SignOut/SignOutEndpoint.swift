import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Workspaces

/// Ends the session of a browser (behavior F5): GET asks, POST does.
struct SignOutEndpoint: Sendable {
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.signOutPath)
        router.get(path) { request, _ in try await self.ask(request) }
        router.post(path) { request, context in try await self.signOut(request, context: context) }
    }

    private func ask(_ request: Request) async throws -> Response {
        guard let session = try await self.service.sessions.current(request.headers) else {
            return self.service.pages.response(page: self.service.pages.signedOut())
        }
        return self.service.pages.response(page: self.service.pages.signOut(SignOutPage(session)))
    }

    /// The cookie goes whatever happens; a database that is away is told as such, since the session itself lives on.
    private func signOut(_ request: Request, context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        var response: Response
        do {
            try await self.service.sessions.end(request.headers)
            response = Response(status: .seeOther, headers: [.location: self.site.signOutPath])
        } catch {
            context.logger.error(
                "A session could not be ended",
                metadata: ["error": .string(String(reflecting: error))]
            )
            response = self.service.pages.response(
                for: GatewayError(.unavailable),
                to: request.headers,
                requestID: context.requestID
            )
        }
        response.headers.append(HTTPField(name: .setCookie, value: self.site.cookies.clearingSession))
        return response
    }
}
