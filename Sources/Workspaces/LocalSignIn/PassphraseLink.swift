package import FoundationEssentials
internal import SAML

/// A link by which one member sets a passphrase, once, without being signed in.
///
/// Setting one by a link takes the authenticator app away that went with the old one: the link is also the way back for
/// whoever has lost theirs.
package struct PassphraseLink: Hashable, Sendable {
    /// The workspace.
    package let workspaceID: WorkspaceID
    /// Whose passphrase it sets.
    package let userID: UserID
    /// What is kept of its secret.
    package let tokenHash: SecretTokenHash<PassphraseLink>
    /// When it was made.
    package let createdAt: Date
    /// When it sets nothing any more, exclusive.
    package let expiresAt: Date

    /// Makes a link.
    ///
    /// - Returns: `nil` for a lifetime outside `SetupLink.lifetimes`.
    package init?(
        in workspaceID: WorkspaceID,
        for userID: UserID,
        token: SecretToken<PassphraseLink>,
        lifetime: Duration,
        now: Date
    ) {
        guard SetupLink.lifetimes.contains(lifetime) else { return nil }
        self.workspaceID = workspaceID
        self.userID = userID
        self.tokenHash = token.hash
        self.createdAt = now
        self.expiresAt = now.advanced(by: lifetime)
    }

    /// The audit event of its making.
    package func creationEvent(about email: Email) -> AuditEvent {
        AuditEvent(
            time: self.createdAt,
            workspaceID: self.workspaceID,
            actor: .operator,
            action: .passphraseLinkCreated,
            email: email.value,
            detail: ["expires_at": SAMLInstant.format(self.expiresAt)]
        )
    }
}
