package import FoundationEssentials
internal import SAML

/// The link that takes an invited person to the sign-in of a workspace (behavior F6, M1).
///
/// The invitation is the membership, which is INVITED and belongs to one address. The link adds no right to it: a sign-in
/// that began by it ends as that person or not at all.
package struct InvitationLink: Hashable, Sendable {
    /// How long a link works unless somebody says otherwise.
    package static let usualLifetime = Duration.seconds(7 * 86_400)
    /// How long a link may work.
    package static let lifetimes: ClosedRange<Duration> = .seconds(3_600) ... .seconds(30 * 86_400)

    /// The workspace that it invites to.
    package let workspaceID: WorkspaceID
    /// Whom it is for.
    package let userID: UserID
    /// The address of the person.
    package let email: Email
    /// What is kept of its secret.
    package let tokenHash: SecretTokenHash<InvitationLink>
    /// When it was made.
    package let createdAt: Date
    /// When it opens nothing any more, exclusive.
    package let expiresAt: Date

    /// Makes a link for somebody who is invited.
    ///
    /// - Parameters:
    ///   - membership: The invitation.
    ///   - workspaceID: The workspace that it is to.
    ///   - token: The secret.
    ///   - lifetime: How long it works, brought within ``lifetimes``.
    ///   - now: The present.
    package init(
        to membership: Membership,
        of workspaceID: WorkspaceID,
        token: SecretToken<InvitationLink>,
        lifetime: Duration,
        now: Date
    ) {
        self.workspaceID = workspaceID
        self.userID = membership.userID
        self.email = membership.email
        self.tokenHash = token.hash
        self.createdAt = now
        self.expiresAt = now.advanced(
            by: min(max(lifetime, Self.lifetimes.lowerBound), Self.lifetimes.upperBound)
        )
    }

    /// The audit event of its making.
    func creationEvent(by actor: AuditActor) -> AuditEvent {
        AuditEvent(
            time: self.createdAt,
            workspaceID: self.workspaceID,
            actor: actor,
            action: .invitationLinkCreated,
            email: self.email.value,
            detail: ["expires_at": SAMLInstant.format(self.expiresAt)]
        )
    }
}
