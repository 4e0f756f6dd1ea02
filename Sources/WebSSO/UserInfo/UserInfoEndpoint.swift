import GatewayHTTP
import HTTPTypes
import Hummingbird
import Workspaces

/// Tells applications and their pages whom the browser's session is for (interface 3).
///
/// It asks the data plane's sessions, so that it costs no query and ends with a session as every request does. It sends
/// no CORS headers: pages of other origins cannot read it.
struct UserInfoEndpoint: Sendable {
    let service: WebSSO

    private var pages: PageRenderer { self.service.pages }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.pages.site.userInfoPath)) { request, context in
            guard
                let token = self.pages.site.cookies.session(in: request.headers)
                    .flatMap(SessionToken.init(cookieValue:)),
                let session = try await self.service.knownSession(token.hash)
            else {
                // Never a page: whoever asks is a program, even when a person types the address.
                let error = GatewayError(.sessionRequired)
                return self.pages.response(for: error, to: .program, requestID: context.requestID)
            }
            return self.pages.response(json: UserInfo(session).json)
        }
    }
}
