package import Workspaces

/// A session in the list of a workspace's living ones.
package struct ListedSession: Hashable, Sendable {
    /// The session.
    package let session: Session
    /// The issuer that vouched for the person; `nil` for who signed in with a passphrase.
    package let issuer: String?
}
