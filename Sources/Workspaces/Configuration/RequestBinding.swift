/// How a workspace's requests travel to its identity provider.
package enum RequestBinding: String, Hashable, Sendable, CaseIterable {
    /// In the URL of a redirect (saml-bindings 3.4).
    case redirect
    /// In a form that the browser posts (saml-bindings 3.5).
    case post
}
