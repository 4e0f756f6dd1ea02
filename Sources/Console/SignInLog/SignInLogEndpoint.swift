import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The newest sign-ins with everything that was checked of each, found by the short id that an error page shows.
///
/// The records hold nothing about people, so a setup link opens them, too: they say what to mend.
struct SignInLogEndpoint: Sendable {
    let service: Console

    /// How many attempts one page shows.
    private static let limit = 100

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(ConsolePath.signInLog.path(at: self.service.pages.site))
        router.get(path) { request, _ in
            try await self.service.gate.show(request) { visit in try await self.page(visit, request) }
        }
    }

    private func page(_ visit: SettingsVisit, _ request: Request) async throws -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        let asked = (try query.optionalValue("id") ?? "").filter { !$0.isWhitespace }
        let id = RequestID(asked)
        // What can be no id is none that is kept.
        let attempts =
            asked.isEmpty || id != nil
            ? try await self.service.attempts.attempts(visit.scope, requestID: id, limit: Self.limit) : []
        let page = SignInLogPage(visit, renderer: self.service.renderer, asked: asked, attempts: attempts)
        return self.service.renderer.response(page, with: .signInLog)
    }
}
