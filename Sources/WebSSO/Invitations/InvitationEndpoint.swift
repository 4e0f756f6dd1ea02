import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The links of invitations: GET shows which workspace invites, POST begins the sign-in (behavior F6).
///
/// Links are often opened by what looks at mail before people do; none of that presses the button. The page says nothing
/// of the person who is invited: whoever holds the link may be somebody else, who gets no further than the identity
/// provider. The link works until the invited person has come in, so that a mistake at the identity provider costs nothing.
struct InvitationEndpoint: Sendable {
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.invitationPath + "/:token")
        router.get(path) { request, context in try await self.show(request, context) }
        router.post(path) { request, context in try await self.begin(request, context) }
    }

    private func show(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        if let url = self.site.publicURL(of: request.uri.path, askedFor: request.head.authority) {
            return Response(status: .found, headers: [.location: url])
        }
        let (token, _, target) = try await self.opened(context)
        let session = try await self.service.sessions.current(request.headers)
        let page = InvitationPage(token, to: target.workspace, session: session)
        return self.service.pages.response(page: self.service.pages.invitation(page))
    }

    private func begin(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        let (_, invitation, target) = try await self.opened(context)
        let start = SignInStart(
            service: self.service,
            target: target,
            intent: .signIn,
            returnPath: .root,
            invitedUser: invitation.userID
        )
        let session = try await self.service.sessions.current(request.headers)
        return try await start.response(to: request, replacing: session, context)
    }

    /// The invitation of the link in the path, with the workspace that it is to.
    ///
    /// - Throws: `invitation_used` for a link that opens nothing, whyever; `company_not_found` while nobody can sign in to
    ///   the workspace; `rate_limited`.
    private func opened(
        _ context: GatewayRequestContext
    ) async throws -> (SecretToken<InvitationLink>, OpenInvitation, SignInTarget) {
        try self.service.admit(context)
        guard let token = context.parameters.get("token").flatMap({ SecretToken<InvitationLink>($0) }),
            let invitation = try await self.service.invitations.invitation(
                ofLink: token.hash,
                now: self.service.now()
            )
        else {
            self.service.limiter.recordFailure(context.client, now: self.service.now())
            throw GatewayError(.invitationUsed)
        }
        let scope = WorkspaceScope(invitation.workspaceID)
        guard let configured = try await self.service.directory.configuredWorkspace(scope),
            let identityProvider = try? configured.signInIdentityProvider()
        else { throw GatewayError(.companyNotFound) }
        return (
            token, invitation, SignInTarget(workspace: configured.workspace, identityProvider: identityProvider)
        )
    }
}
