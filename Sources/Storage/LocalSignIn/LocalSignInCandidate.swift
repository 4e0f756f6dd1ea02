/// Whom a sign-in with a passphrase names, before anything of it was checked.
package struct LocalSignInCandidate: Sendable {
    /// The workspace.
    package let scope: WorkspaceScope
    /// The passphrase to compare with; `nil` where nobody has one.
    package let credential: StoredLocalCredential?
}
