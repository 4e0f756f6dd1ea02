/// How a session was opened.
package enum AuthenticationMethod: String, Hashable, Sendable, CaseIterable {
    /// By the workspace's identity provider.
    case saml
    /// By a passphrase of Portico's own.
    case passphrase
}
