package import FoundationEssentials

/// What is kept of a member's newest sign-in, to see what it would come to now.
package struct SeenSignIn: Hashable, Sendable {
    /// When the member signed in.
    package let seenAt: Date
    /// Every group that the identity provider named.
    package let groups: Set<GroupName>
    /// The names of the workspace's roles that the `roles` attribute had, none where it was not sent; `nil` where it was not
    /// read or not kept.
    package let roles: [String]?

    /// Puts together what is kept.
    package init(seenAt: Date, groups: Set<GroupName>, roles: [String]?) {
        self.seenAt = seenAt
        self.groups = groups
        self.roles = roles
    }

    /// What a sign-in that was let in has to keep of the `roles` attribute.
    package static func kept(of reading: RolesAttribute.Reading?) -> [String]? {
        switch reading {
        case .present(let attribute): attribute.matchedRoles.map(\.name)
        case .absent: []
        case .tooLarge, nil: nil
        }
    }

    /// Reads the attribute again, as a workspace reads it now.
    ///
    /// Where it is not known what it said, but nobody comes in without it, it named the role that the member has.
    func reading(
        of membership: Membership,
        in workspace: Workspace,
        catalogue: RoleCatalogue
    ) -> RolesAttribute.Reading? {
        guard workspace.rolesMode != .off else { return nil }
        let names: [String]
        if let roles {
            names = roles
        } else if EntitlementRule.isExpected(membership: membership, workspace: workspace) {
            names = [membership.role?.name ?? ""]
        } else {
            names = []
        }
        guard !names.isEmpty else { return .absent }
        return .present(
            RolesAttribute(
                matchedRoles: catalogue.roles.filter { names.contains($0.name) },
                otherCompanies: 0,
                ignoredValues: 0,
                ignoredExamples: []
            )
        )
    }
}
