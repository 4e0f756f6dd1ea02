import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import SAML
import Storage
import Workspaces

/// Ends the session of a browser (behavior F5): GET asks, POST does.
///
/// The session here ends first, whatever the identity provider does. Where the workspace has a single logout URL, the
/// browser goes on to it with a signed LogoutRequest, and its answer comes to ``SingleLogoutEndpoint``; where that cannot
/// be done, the person is signed out here and is told so.
struct SignOutEndpoint: Sendable {
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.signOutPath)
        router.get(path) { request, _ in try await self.ask(request) }
        router.post(path) { request, context in try await self.signOut(request, context: context) }
    }

    private func ask(_ request: Request) async throws -> Response {
        guard let session = try await self.service.sessions.stored(request.headers) else {
            return self.service.pages.response(page: self.service.pages.signedOut())
        }
        return self.service.pages.response(page: self.service.pages.signOut(SignOutPage(session)))
    }

    /// The cookie goes whatever happens; a database that is away is told as such, since the session itself lives on.
    private func signOut(_ request: Request, context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        var response: Response
        do {
            let ended = try await self.service.sessions.end(request.headers)
            if ended != nil { self.service.counter.countSignOut(by: .person) }
            response =
                await self.onward(from: ended, request: request, context: context)
                ?? Response(status: .seeOther, headers: [.location: self.site.signOutPath])
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

    // MARK: - The identity provider

    /// The way to the identity provider; nil where there is none, and where it fails, since nothing here depends on it.
    private func onward(
        from ended: EndedSession?,
        request: Request,
        context: GatewayRequestContext
    ) async -> Response? {
        do {
            return try await self.departure(from: ended, request: request, context: context)
        } catch {
            context.logger.error(
                "A logout request could not be sent",
                metadata: ["error": .string(String(reflecting: error))]
            )
            return nil
        }
    }

    private func departure(
        from ended: EndedSession?,
        request: Request,
        context: GatewayRequestContext
    ) async throws -> Response? {
        guard let ended, let known = ended.identityProviderSession else { return nil }
        let scope = WorkspaceScope(ended.session.workspaceID)
        guard let configured = try await self.service.directory.configuredWorkspace(scope),
            let provider = try? configured.signInIdentityProvider(), known.isNamed(by: provider),
            let service = provider.singleLogout,
            try await self.service.directory.trustsWhatItsNamesakesTrust(configured.workspace)
        else { return nil }
        try self.service.admitStart(context)

        let now = self.service.now()
        let cookies = self.site.cookies
        let browserKey = cookies.browserKey(in: request.headers).flatMap { BrowserKey(cookieValue: $0) } ?? .random()
        let outstanding = OutstandingLogout.begin(
            workspaceID: ended.session.workspaceID,
            browserHash: browserKey.hash,
            now: now
        )
        let departure = LogoutDeparture(
            workspace: configured.workspace,
            service: service,
            signer: try self.service.signer()
        )
        let logoutRequest = LogoutRequest(
            id: outstanding.id,
            issueInstant: now,
            destination: service.url,
            issuer: departure.issuer,
            notOnOrAfter: now.advanced(by: Self.requestLifetime),
            nameID: known.nameID,
            sessionIndexes: known.sessionIndex.map { [$0] } ?? []
        )
        let sent = try departure.send(logoutRequest)
        try await self.service.logouts.begin(outstanding)
        var response = sent.response(
            of: self.service.pages,
            to: request.method,
            purpose: .signOut,
            workspaceName: configured.workspace.name
        )
        response.headers[.setCookie] = cookies.settingBrowserKey(browserKey.cookieValue)
        return response
    }

    /// How long the identity provider may act on a request; the browser takes it there at once.
    private static let requestLifetime: TimeInterval = 300
}
