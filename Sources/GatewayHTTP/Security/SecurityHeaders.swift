package import HTTPTypes

/// The headers that every response of Portico's own carries.
package struct SecurityHeaders: Hashable, Sendable {
    private let site: PublicSite

    /// Makes the headers of an installation.
    package init(site: PublicSite) {
        self.site = site
    }

    /// The headers; an endpoint that may be cached replaces `Cache-Control`.
    package var fields: HTTPFields {
        var fields: HTTPFields = [
            .contentSecurityPolicy: self.contentSecurityPolicy(formTargets: self.formTargets),
            .xContentTypeOptions: "nosniff",
            .cacheControl: "no-store",
            // With `no-referrer` a browser would send `Origin: null` from our own forms, and CrossSiteCheck reads it.
            .referrerPolicy: "same-origin",
            .crossOriginOpenerPolicy: "same-origin",
            .crossOriginResourcePolicy: "same-origin",
        ]
        if self.site.isHTTPS {
            fields[.strictTransportSecurity] = "max-age=31536000"
        }
        return fields
    }

    /// The policy of a page whose form submits itself: one script, by its digest, and one origin to post to.
    func contentSecurityPolicy(of page: PostingPage) -> String {
        self.contentSecurityPolicy(formTargets: page.target) + "; script-src \(PostingPage.scriptSource)"
    }

    /// The policy of a settings page: scripts that are files of this origin, and forms that come back to it.
    package var contentSecurityPolicyOfSettings: String {
        self.contentSecurityPolicy(formTargets: "'self'") + "; script-src 'self'"
    }

    /// No script, nothing inline, nothing from elsewhere, no frame around it.
    private func contentSecurityPolicy(formTargets: String) -> String {
        [
            "default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action \(formTargets)",
            "base-uri 'none'", "frame-ancestors 'none'",
        ]
        .joined(separator: "; ")
    }

    /// Where a form may lead.
    ///
    /// Chromium applies `form-action` to every redirect after a form was sent, so it must let the 303 to the identity
    /// provider pass, and the provider's own redirects to hosts that nobody here knows. Their URLs are https
    /// (behavior T4), and plain http on this machine in a demonstration.
    private var formTargets: String {
        self.site.isLoopbackHTTP ? "'self' https: http://localhost:* http://127.0.0.1:*" : "'self' https:"
    }
}
