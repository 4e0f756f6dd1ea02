import FoundationEssentials
import GatewayHTTP
import Workspaces

/// Whether whoever sees a page has proved lately who they are, and where they do so: dangerous steps want it.
///
/// A session alone is not proof enough: somebody may have found the browser open. A sign-in that confirms has the
/// identity provider ask the person anew (ForceAuthn), and its AuthnInstant shows that it did; whoever came in with a
/// passphrase types it again. The form of a step that is not confirmed leads there and back to its page:
///
///     let prompt = visit.confirmation(for: .access, site: site, now: now)          // nil: go on; for the page
///     try await gate.changeConfirmed(request, page: .access) { visit, form in … }  // for the form
///     if let onward = try await gate.confirmation(of: visit, keeping: form, at: path) { return onward }
///
/// The last is for forms that are filled in before anybody knows whether their step is dangerous: what was typed is kept and
/// stands on the page when the person comes back.
struct FreshSignIn: Hashable, Sendable {
    /// For how long a proof is good.
    static let maximumAge: TimeInterval = 600

    /// Where the person confirms who they are, and comes back from to the page.
    let path: String
    /// What the page says about it.
    let words: String

    /// The way to confirm for the holder of a session, and back to the page at `path`.
    init(_ session: Session, path: String, site: PublicSite) {
        let back = ReturnPath(path).asQuery
        let workspace = "company_id=" + session.companyID.value
        let query = back.isEmpty ? "?" + workspace : back + "&" + workspace
        switch session.method {
        case .saml:
            self.path = site.signInPath + query + "&confirm=on"
            self.words = "Your identity provider asks you who you are, and brings you back here."
        case .passphrase:
            self.path = site.passphraseSignInPath + query
            self.words = "Type your passphrase again; you come back here."
        }
    }
}

extension SettingsVisit {
    /// What has to come before a dangerous step: nil when the person proved who they are a moment ago.
    ///
    /// Whoever opened a setup link has proved to hold it, and the visit is short.
    func confirmation(for page: ConsolePath, site: PublicSite, now: Date) -> FreshSignIn? {
        self.confirmation(at: page.path(at: site), site: site, now: now)
    }

    /// The same for a page that has a path of its own.
    func confirmation(at path: String, site: PublicSite, now: Date) -> FreshSignIn? {
        switch self.visitor {
        case .setup:
            return nil
        case .member(let session, _):
            if let confirmedAt = session.confirmedAt, now.timeIntervalSince(confirmedAt) < FreshSignIn.maximumAge {
                return nil
            }
            return FreshSignIn(session, path: path, site: site)
        }
    }
}
