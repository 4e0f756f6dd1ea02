import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// The start of a sign-in, once the person wants it: the stored request, the browser's key, and the way to the identity
/// provider (behavior F2).
struct SignInStart {
    let service: WebSSO
    /// The workspace and its identity provider.
    let target: SignInTarget
    /// What the person asked for.
    let intent: SignInIntent
    /// Where the person goes afterwards.
    let returnPath: ReturnPath
    /// The address of the person, where somebody said it.
    var loginHint: Email?
    /// Whether the person is to prove anew who they are (saml-core 3.4.1, ForceAuthn).
    var isConfirmation = false
    /// Whom the invitation is for by whose link the person came (behavior F6).
    var invitedUser: UserID?

    /// Begins, and answers with the way to the identity provider.
    ///
    /// - Parameters:
    ///   - request: What the browser sent.
    ///   - session: The session that the browser has now; one of another workspace ends here, the others when the new one
    ///     begins (behavior S4).
    ///   - context: The request's context.
    /// - Returns: A redirect, or a page that posts the message.
    /// - Throws: `rate_limited`, `unavailable`, and the failures of the database.
    func response(
        to request: Request,
        replacing session: Session?,
        _ context: GatewayRequestContext
    ) async throws -> Response {
        try self.service.admitStart(context, at: self.target.workspace)
        if let session, session.workspaceID != self.target.workspace.id { try await self.service.sessions.end(session) }

        let site = self.service.pages.site
        let sent = site.cookies.browserKey(in: request.headers)
        let browserKey = sent.flatMap { BrowserKey(cookieValue: $0) } ?? .random()
        let outstanding = OutstandingRequest.begin(
            workspaceID: self.target.workspace.id,
            intent: self.intent,
            returnPath: self.returnPath,
            browserHash: browserKey.hash,
            isConfirmation: self.isConfirmation,
            invitedUser: self.invitedUser,
            now: self.service.now()
        )
        let signer = self.target.identityProvider.signRequests ? try self.service.signer() : nil
        let departure = try self.target.departure(
            for: outstanding,
            loginHint: self.loginHint,
            site: site,
            signer: signer
        )
        try await self.service.signIns.begin(outstanding, replacing: session?.tokenHash)
        var response = departure.response(
            of: self.service.pages,
            to: request.method,
            purpose: .signIn,
            workspaceName: self.target.workspace.name
        )
        response.headers[.setCookie] = site.cookies.settingBrowserKey(browserKey.cookieValue)
        return response
    }
}
