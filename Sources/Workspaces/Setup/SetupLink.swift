package import FoundationEssentials
internal import SAML

/// A link that opens a workspace's settings once, for whoever sets up its single sign-on before anybody can sign in.
package struct SetupLink: Hashable, Sendable {
    /// How long a link may wait to be opened: a day unless the operator says otherwise.
    package static let lifetimes: ClosedRange<Duration> = .seconds(300) ... .seconds(7 * 86_400)

    /// The workspace whose settings it opens.
    package let workspaceID: WorkspaceID
    /// What is kept of its secret.
    package let tokenHash: SecretTokenHash<SetupLink>
    /// When it was made.
    package let createdAt: Date
    /// When it opens nothing any more, exclusive.
    package let expiresAt: Date

    /// Makes a link.
    ///
    /// - Returns: `nil` for a lifetime outside ``lifetimes``.
    package init?(to workspaceID: WorkspaceID, token: SecretToken<SetupLink>, lifetime: Duration, now: Date) {
        guard Self.lifetimes.contains(lifetime) else { return nil }
        self.workspaceID = workspaceID
        self.tokenHash = token.hash
        self.createdAt = now
        self.expiresAt = now.advanced(by: lifetime)
    }

    /// The audit event of its making.
    package var creationEvent: AuditEvent {
        AuditEvent(
            time: self.createdAt,
            workspaceID: self.workspaceID,
            actor: .operator,
            action: .setupLinkCreated,
            detail: ["expires_at": SAMLInstant.format(self.expiresAt)]
        )
    }
}
