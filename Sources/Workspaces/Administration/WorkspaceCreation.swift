package import FoundationEssentials

/// What making a workspace writes, all in one transaction.
package struct WorkspaceCreation: Hashable, Sendable {
    /// The workspace, without an identity provider and without domains.
    package let workspace: Workspace
    /// The owner's address, if one was named.
    package let owner: Email?
    /// When the workspace was made.
    package let createdAt: Date
    /// What the workspace is made with: its Company ID, its owner and every setting.
    package let differences: [SettingDifference]
    /// What the audit log says.
    package let events: [AuditEvent]

    /// The owner's membership: invited until the first sign-in, an administrator whatever the identity provider says
    /// (rulings 26, behavior R7).
    ///
    /// - Parameters:
    ///   - user: The user row of the owner's address.
    ///   - catalogue: The roles of the installation.
    /// - Returns: `nil` when no owner was named.
    package func ownerMembership(user: UserRegistration, catalogue: RoleCatalogue) -> Membership? {
        self.owner.map { owner in
            Membership(
                userID: user.userID,
                email: owner,
                displayName: owner.value,
                state: .invited,
                role: catalogue.admin,
                roleSource: .owner,
                isOwner: true,
                invitedAt: self.createdAt
            )
        }
    }
}
