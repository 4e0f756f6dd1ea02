package import FoundationEssentials

/// What somebody asked to do to a person by hand: what the audit log says where it is refused (behavior O1).
package struct MemberChangeAttempt: Hashable, Sendable {
    private let action: AuditAction
    private let role: String?

    private init(_ action: AuditAction, role: String? = nil) {
        self.action = action
        self.role = role
    }

    /// To invite somebody with a role, where one is named.
    package static func invitation(role: String?) -> MemberChangeAttempt { Self(.memberInvited, role: role) }
    /// To make a new link for somebody who is invited.
    package static let invitationLink = Self(.invitationLinkCreated)
    /// To mail a new link to somebody who is invited.
    package static let invitationMail = Self(.invitationMailRequested)
    /// To give somebody a role.
    package static func role(_ name: String) -> MemberChangeAttempt { Self(.roleChanged, role: name) }
    /// To lock somebody out.
    package static let deactivation = Self(.memberDeactivated)
    /// To let somebody in again.
    package static let reactivation = Self(.memberActivated)
    /// To remove somebody, or to withdraw an invitation.
    package static let removal = Self(.memberRemoved)
    /// To put somebody into a space or a project.
    package static let assignment = Self(.memberAssigned)
    /// To take somebody out of a space or a project.
    package static let withdrawal = Self(.memberUnassigned)
    /// To make somebody the owner.
    package static let ownership = Self(.ownershipTransferred)

    /// The line of the workspace's audit log about the refusal.
    ///
    /// - Parameters:
    ///   - refusal: Why it was refused.
    ///   - email: Whom it was about.
    ///   - workspaceID: The workspace.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: `nil` where what was asked for could not be meant: nobody is tempted by a person or a role that there is
    ///   not.
    package func event(
        refusal: AdministrationRefusal,
        about email: Email,
        in workspaceID: WorkspaceID,
        by actor: AuditActor,
        now: Date
    ) -> AuditEvent? {
        guard let code = refusal.code else { return nil }
        var detail: [String: String] = [:]
        detail["wanted_role"] = self.role
        detail["reason"] = refusal.reason
        return AuditEvent(
            time: now,
            workspaceID: workspaceID,
            actor: actor,
            action: self.action,
            email: email.value,
            outcome: .refused(code),
            detail: detail
        )
    }
}
