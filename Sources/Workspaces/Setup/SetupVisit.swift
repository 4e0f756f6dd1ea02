package import FoundationEssentials
internal import SAML

/// The stay that a redeemed setup link opens: one browser, one workspace's settings, and no session.
///
/// Whoever visits is nobody to the application behind Portico, and sees nothing of the workspace's people.
package struct SetupVisit: Hashable, Sendable {
    /// How long a visit lasts, whatever happens in it.
    package static let length = Duration.seconds(2 * 3600)

    /// The workspace whose settings are open.
    package let workspaceID: WorkspaceID
    /// What is kept of the secret in the visitor's cookie.
    package let tokenHash: SecretTokenHash<SetupVisit>
    /// When it ends, exclusive.
    package let expiresAt: Date

    /// Takes a visit that is kept.
    package init(workspaceID: WorkspaceID, tokenHash: SecretTokenHash<SetupVisit>, expiresAt: Date) {
        self.workspaceID = workspaceID
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
    }

    /// Begins a visit.
    package init(to workspaceID: WorkspaceID, token: SecretToken<SetupVisit>, now: Date) {
        self.init(workspaceID: workspaceID, tokenHash: token.hash, expiresAt: now.advanced(by: Self.length))
    }

    /// The audit event of its beginning, with the address that the visitor came from.
    package func openingEvent(clientAddress: String, now: Date) -> AuditEvent {
        AuditEvent(
            time: now,
            workspaceID: self.workspaceID,
            actor: .setup,
            action: .setupLinkRedeemed,
            detail: ["client_address": clientAddress, "visit_until": SAMLInstant.format(self.expiresAt)]
        )
    }
}
