/// What a member's role was last set by (behavior A2).
package enum RoleSource: String, Hashable, Sendable, CaseIterable {
    /// An administrator or the operator.
    case manual
    /// The invitation.
    case invite
    /// The workspace's default role at self-registration.
    case defaultRole = "default"
    /// The `roles` attribute.
    case samlRoles = "saml_roles"
    /// A group mapping.
    case samlGroups = "saml_groups"
    /// The SCIM client.
    case scim
    /// The ownership of the workspace, which no identity provider grants or takes (behavior R7).
    case owner
}
