import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces

/// Where a test sign-in leaves for the identity provider, after the settings have begun it.
///
/// Only the browser that began the test finds it, while it waits; going twice sends the same request twice, which can be
/// answered once.
struct TestDepartureEndpoint: Sendable {
    let service: WebSSO

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.service.pages.site.testDeparturePath)) { request, context in
            try await self.leave(request, context)
        }
    }

    private func leave(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try self.service.admit(context)
        let site = self.service.pages.site
        let now = self.service.now()
        let browserKey = site.cookies.browserKey(in: request.headers).flatMap { BrowserKey(cookieValue: $0) }
        let query = FormDecoder.decodeQuery(of: request)
        guard let id = try query.optionalValue("id").flatMap({ MessageID($0) }),
            let test = try await self.service.tests.test(id: id), test.result == nil,
            (try? test.request.check(browserHash: browserKey?.hash, relayState: nil, now: now)) != nil,
            try await self.service.tests.isOwned(test, catalogue: self.service.configuration.catalogue, now: now),
            let configured = try await self.service.directory.configuredWorkspace(
                WorkspaceScope(test.request.workspaceID)
            )
        else {
            self.service.limiter.recordFailure(context.client, now: now)
            throw GatewayError(.requestUnknownOrUsed)
        }
        let workspace = test.settings.applied(to: configured).workspace
        try self.service.admit(workspace)
        let provider = test.settings.identityProvider
        let departure = try SignInTarget(workspace: workspace, identityProvider: provider)
            .departure(
                for: test.request,
                loginHint: nil,
                site: site,
                signer: provider.signRequests ? try self.service.signer() : nil
            )
        switch departure {
        case .redirect(let url):
            let page = ForwardingPage(
                title: "Testing sign-in to \(workspace.name)",
                words:
                    "Your identity provider takes over here. Sign in there as you would; you come back to the result, and"
                    + " nothing is changed.",
                link: "Go on to the identity provider",
                url: url
            )
            return self.service.pages.response(page: self.service.pages.forwarding(page))
        case .form:
            return departure.response(
                of: self.service.pages,
                to: request.method,
                purpose: .signIn,
                workspaceName: workspace.name
            )
        }
    }
}
