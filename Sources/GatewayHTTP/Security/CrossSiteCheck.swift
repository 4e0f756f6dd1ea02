package import HTTPTypes

/// Refuses forms that another site's page sent in the name of the person at the browser.
///
/// A browser tells where a POST comes from in Sec-Fetch-Site, and the older ones in Origin; programs send neither and
/// carry no cookies that they were not given. The assertion consumer service is posted to from another site by design
/// and does not use this check.
package struct CrossSiteCheck: Hashable, Sendable {
    private let origin: String

    /// Makes the check of an installation.
    package init(site: PublicSite) {
        self.origin = site.origin
    }

    /// Checks a POST.
    ///
    /// - Throws: ``RequestRefusal/crossSiteRefused``.
    package func check(_ headers: HTTPFields) throws(RequestRefusal) {
        if let site = headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw .crossSiteRefused }
            return
        }
        guard let origin = headers[.origin] else { return }
        guard origin == self.origin else { throw .crossSiteRefused }
    }
}
