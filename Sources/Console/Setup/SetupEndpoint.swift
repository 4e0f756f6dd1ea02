import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Workspaces

/// Redeems setup links: GET shows a page with a button, POST opens the visit.
///
/// A link is often opened by what looks at mail before people do; none of that presses the button. The visit has a cookie
/// of its own and no session: whoever comes by a link may set up single sign-on, and is nobody to the application.
struct SetupEndpoint: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.setupPath + "/:token")
        router.get(path) { request, context in try await self.ask(request, context) }
        router.post(path) { request, context in try await self.redeem(request, context) }
        router.post(RouterPath(self.site.settingsPath + "/leave")) { request, _ in try await self.leave(request) }
    }

    private func ask(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        let (scope, token) = try await self.link(context)
        guard let configured = try await self.service.directory.configuredWorkspace(scope),
            configured.workspace.status == .enabled
        else { throw GatewayError(.notFound) }
        let content = SetupPage(configured.workspace, token: token, renderer: self.service.renderer)
        return self.service.renderer.response(content, with: .setup)
    }

    private func redeem(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        let (_, token) = try await self.link(context)
        let visitToken = SecretToken<SetupVisit>.random()
        let visit = try await self.service.setups.redeem(
            token.hash,
            opening: visitToken,
            clientAddress: context.client.description,
            now: self.service.now()
        )
        guard visit != nil else { throw GatewayError(.setupLinkUsed) }
        context.logger.info("a setup link was redeemed")
        return Response(
            status: .seeOther,
            headers: [
                .location: self.site.settingsPath,
                .setCookie: self.site.cookies.settingSetupVisit(visitToken.text, lasting: SetupVisit.length),
            ]
        )
    }

    private func leave(_ request: Request) async throws -> Response {
        try await self.service.gate.change(request) { visit, _ in
            if case .setup(let setupVisit) = visit.visitor {
                try await self.service.setups.end(visit.scope, setupVisit, now: self.service.now())
            }
            return Response(
                status: .seeOther,
                headers: [.location: self.site.signInPath, .setCookie: self.site.cookies.clearingSetupVisit]
            )
        }
    }

    /// The workspace of the link in the path.
    ///
    /// - Throws: `not_found` for a link that opens nothing, whyever; `rate_limited`.
    private func link(_ context: GatewayRequestContext) async throws -> (WorkspaceScope, SecretToken<SetupLink>) {
        let now = self.service.now()
        if let retryAfter = self.service.limiter.admit(context.client, now: now) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        guard let token = context.parameters.get("token").flatMap({ SecretToken<SetupLink>($0) }),
            let scope = try await self.service.setups.workspace(ofLink: token.hash, now: now)
        else {
            self.service.limiter.recordFailure(context.client, now: now)
            throw GatewayError(.setupLinkUsed)
        }
        return (scope, token)
    }
}
