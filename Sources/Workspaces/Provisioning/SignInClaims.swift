package import FoundationEssentials
internal import SAML

/// What the identity provider says of a person at a sign-in, read for one workspace: what the rules ask for.
package struct SignInClaims: Hashable, Sendable {
    /// The normalized address.
    package let email: Email
    /// The name for human eyes; `nil` when there is none.
    package let displayName: String?
    /// When it was said (behavior R8).
    package let issuedAt: Date
    /// What the `roles` attribute says; `nil` where the workspace does not want it read.
    package let roles: RolesAttribute.Reading?
    /// The groups, none when there are too many.
    package let groups: Set<GroupName>
    /// Whether there are more groups than are read.
    package let hasTooManyGroups: Bool

    /// Reads what an assertion says to a workspace.
    init(_ identity: AssertedIdentity, in workspace: Workspace, catalogue: RoleCatalogue) {
        self.email = identity.email
        self.displayName = identity.displayName
        self.issuedAt = identity.assertion.issueInstant
        self.roles = RolesAttribute.read(of: identity, in: workspace, catalogue: catalogue)
        self.groups = identity.groups
        self.hasTooManyGroups = identity.hasTooManyGroups
    }

    /// Says again what a past sign-in of a member said, as if it were said now.
    init(seen: SeenSignIn, of membership: Membership, in workspace: Workspace, catalogue: RoleCatalogue, now: Date) {
        self.email = membership.email
        self.displayName = membership.displayName
        self.issuedAt = max(now, membership.lastAssertionIssuedAt ?? now)
        self.roles = seen.reading(of: membership, in: workspace, catalogue: catalogue)
        self.groups = seen.groups
        self.hasTooManyGroups = false
    }
}
