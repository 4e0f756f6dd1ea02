import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Hummingbird
import Storage
import Workspaces

/// Lets administrators into the settings of their workspace, and nobody else (behavior T6).
///
/// Everything is read from the database at each request: a role that was taken away a moment ago opens nothing. A
/// workspace is never named in a path, so that nobody can ask for another one's.
struct SettingsGate: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    /// The time after which a session's last use is written down anew.
    private static let touchInterval: TimeInterval = 60

    /// Answers a request for a page.
    ///
    /// - Returns: What `body` answers; the way to the sign-in page for whoever is not signed in.
    /// - Throws: `not_found` for whoever is no administrator.
    func show(
        _ request: Request,
        body: (SettingsVisit) async throws -> Response
    ) async throws -> Response {
        try self.checkNavigation(request.headers)
        guard let visit = try await self.visit(request.headers) else { return try self.askToSignIn(request) }
        return self.secured(try await body(visit))
    }

    /// Answers a form, which must come from a page of ours and carry this very browser's token.
    ///
    /// - Throws: `cross_site_refused`, `form_invalid`, `too_large`, `not_found`.
    func change(
        _ request: Request,
        decoder: FormDecoder = .settings,
        body: (SettingsVisit, Form) async throws -> Response
    ) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        try self.checkNavigation(request.headers)
        guard try await self.visit(request.headers) != nil else { return try self.askToSignIn(request) }
        let form = try await decoder.decodeBody(of: request)
        // A body may take its time, in which whoever sends it may have lost their role.
        guard let visit = try await self.visit(request.headers) else { return try self.askToSignIn(request) }
        try visit.csrf.check(form)
        if let retryAfter = self.service.changeLimiter.admit(key: visit.visitor.key, now: self.service.now()) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        do {
            return self.secured(try await body(visit, form))
        } catch is AuthorityLost {
            throw GatewayError(.notFound)
        }
    }

    /// Refuses what no person asked for by going to a page.
    ///
    /// A script of the application, which shares this origin, could read a form's token and send the form. Browsers let no
    /// script set `Sec-Fetch-Mode`.
    private func checkNavigation(_ headers: HTTPFields) throws(GatewayError) {
        guard let mode = headers[.secFetchMode], mode != "navigate" else { return }
        throw GatewayError(.crossSiteRefused)
    }

    /// A page of the settings runs scripts of our own files, and its forms lead nowhere else.
    private func secured(_ response: Response) -> Response {
        var response = response
        response.headers[.contentSecurityPolicy] = SecurityHeaders(site: self.site).contentSecurityPolicyOfSettings
        return response
    }

    // MARK: - Who asks

    /// Who asks; nil for whoever is neither signed in nor on a visit.
    ///
    /// A visit goes before a session: whoever opened a setup link a moment ago means its workspace.
    private func visit(_ headers: HTTPFields) async throws -> SettingsVisit? {
        if let visit = try await self.setupVisit(headers) { return visit }
        let now = self.service.now()
        guard let cookie = self.site.cookies.session(in: headers), let token = SessionToken(cookieValue: cookie),
            let session = try await self.service.sessions.session(token.hash), session.validity(at: now) == .valid
        else { return nil }
        let scope = WorkspaceScope(session.workspaceID)
        guard let membership = try await self.service.members.membership(scope, of: session.email),
            SettingsAccess.isGranted(to: membership, catalogue: self.service.catalogue),
            let configured = try await self.service.directory.configuredWorkspace(scope)
        else { throw GatewayError(.notFound) }
        if now.timeIntervalSince(session.lastSeenAt) > Self.touchInterval {
            // These pages are a use of the session, of which the data plane hears nothing.
            let touch = SessionTouch(workspaceID: session.workspaceID, sessionID: session.id, lastSeenAt: now)
            try await self.service.sessions.touch([touch])
        }
        return SettingsVisit(
            visitor: .member(session, membership),
            configured: configured,
            csrf: CSRFToken(of: token.cookieValue),
            catalogue: self.service.catalogue
        )
    }

    private func setupVisit(_ headers: HTTPFields) async throws -> SettingsVisit? {
        guard let token = self.site.cookies.setupVisit(in: headers).flatMap({ SecretToken<SetupVisit>($0) }),
            let visit = try await self.service.setups.visit(token.hash, now: self.service.now()),
            let configured = try await self.service.directory.configuredWorkspace(WorkspaceScope(visit.workspaceID)),
            configured.workspace.status == .enabled
        else { return nil }
        return SettingsVisit(
            visitor: .setup(visit),
            configured: configured,
            csrf: CSRFToken(of: token.text),
            catalogue: self.service.catalogue
        )
    }

    /// Sends a browser to the sign-in page and back; a form that was sent too late leads back to the overview.
    private func askToSignIn(_ request: Request) throws(GatewayError) -> Response {
        guard RequestKind(request.headers) == .navigation else { throw GatewayError(.sessionRequired) }
        let path = request.method == .get ? request.uri.string : self.site.settingsPath
        return Response(
            status: .seeOther,
            headers: [.location: self.site.signInPath + ReturnPath(path).asQuery]
        )
    }
}
