package import HTTPTypes
package import Hummingbird
package import Workspaces

/// Makes every page from its values: templates are in the binary, and text is escaped wherever it stands.
package struct PageRenderer: Sendable {
    /// The installation that the pages belong to.
    package let site: PublicSite
    /// The files that every page names.
    package let assets: StaticAssets
    private let library: TemplateLibrary

    private enum Template: String, CaseIterable {
        case layout
        case signIn
        case continuing
        case invitation
        case signOut
        case signedOut
        case posting
        case forwarding
        case error

        var text: String {
            switch self {
            case .layout: LayoutTemplate.text
            case .signIn: SignInTemplate.text
            case .continuing: ContinueTemplate.text
            case .invitation: InvitationTemplate.text
            case .signOut: SignOutTemplate.text
            case .signedOut: SignedOutTemplate.text
            case .posting: PostingTemplate.text
            case .forwarding: ForwardingTemplate.text
            case .error: ErrorTemplate.text
            }
        }
    }

    private struct SignedOutContent {
        let host: String
        let stylesheetPath: String
        let iconPath: String
        let signInPath: String
        let isEverywhere: Bool
    }

    /// Where a person's sessions have ended.
    package enum SignedOutScope: Hashable, Sendable {
        /// Here; nothing is known of the identity provider.
        case here
        /// Here and at the identity provider.
        case everywhere
    }

    /// Compiles the templates.
    ///
    /// - Throws: The parser's error for a template that is not well-formed, which a test would have shown.
    package init(site: PublicSite) throws {
        self.site = site
        self.assets = StaticAssets(site: site)
        self.library = try TemplateLibrary(Template.allCases.map { ($0.rawValue, $0.text) })
    }

    // MARK: - Pages

    /// The page that asks for the Company ID.
    package func signIn(_ page: SignInPage) -> [UInt8] {
        self.render(page.content(site: self.site, assets: self.assets), with: .signIn)
    }

    /// The page that names the workspace before a sign-in goes on.
    package func continuing(_ page: ContinuePage) -> [UInt8] {
        self.render(page.content(site: self.site, assets: self.assets), with: .continuing)
    }

    /// The page of an invitation's link.
    package func invitation(_ page: InvitationPage) -> [UInt8] {
        self.render(page.content(site: self.site, assets: self.assets), with: .invitation)
    }

    /// The page that asks before it ends a session.
    package func signOut(_ page: SignOutPage) -> [UInt8] {
        self.render(page.content(site: self.site, assets: self.assets), with: .signOut)
    }

    /// The page after a session has ended.
    package func signedOut(_ scope: SignedOutScope = .here) -> [UInt8] {
        let content = SignedOutContent(
            host: self.site.host,
            stylesheetPath: self.assets.stylesheetPath,
            iconPath: self.assets.iconPath,
            signInPath: self.site.signInPath,
            isEverywhere: scope == .everywhere
        )
        return self.render(content, with: .signedOut)
    }

    /// The page that leads on by itself.
    package func forwarding(_ page: ForwardingPage) -> [UInt8] {
        self.render(page.content(site: self.site, assets: self.assets), with: .forwarding)
    }

    /// The page of an error.
    ///
    /// - Parameters:
    ///   - error: The error.
    ///   - requestID: The request id.
    ///   - signInURL: The path and query of the sign-in page where it is to lead back; the page leads there alone without.
    /// - Returns: UTF-8.
    package func errorPage(
        _ error: PublicError,
        requestID: Workspaces.RequestID,
        signInURL: String? = nil
    ) -> [UInt8] {
        let page = ErrorPage(error: error, requestID: requestID, signInURL: signInURL)
        return self.render(page.content(site: self.site, assets: self.assets), with: .error)
    }

    // MARK: - Responses

    /// A response with a page.
    package func response(_ status: HTTPResponse.Status = .ok, page: [UInt8]) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: page))
        )
    }

    /// A response with JSON.
    package func response(_ status: HTTPResponse.Status = .ok, json: [UInt8]) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json))
        )
    }

    /// A response with a page whose form submits itself, under a policy of its own.
    package func response(posting page: PostingPage) -> Response {
        var response = self.response(
            page: self.render(page.content(site: self.site, assets: self.assets), with: .posting)
        )
        response.headers[.contentSecurityPolicy] = SecurityHeaders(site: self.site).contentSecurityPolicy(of: page)
        return response
    }

    /// The response to a request with these headers that ended in an error: a page for a browser, JSON for a program.
    package func response(for error: GatewayError, to headers: HTTPFields, requestID: Workspaces.RequestID) -> Response
    {
        self.response(for: error, to: RequestKind(headers), requestID: requestID)
    }

    /// The response to a request of this kind that ended in an error.
    package func response(for error: GatewayError, to kind: RequestKind, requestID: Workspaces.RequestID) -> Response {
        let publicError = error.publicError
        var response =
            switch kind {
            case .navigation:
                self.response(publicError.status, page: self.errorPage(publicError, requestID: requestID))
            case .program:
                self.response(
                    publicError.status,
                    json: publicError.json(requestID: requestID, signInURL: self.site.signInPath)
                )
            }
        if let retryAfter = error.retryAfter {
            let seconds = (retryAfter / .seconds(1)).rounded(.up)
            response.headers[.retryAfter] = String(max(1, Int(seconds)))
        }
        return response
    }

    private func render(_ content: Any, with template: Template) -> [UInt8] {
        self.library.render(content, with: template.rawValue)
    }
}
