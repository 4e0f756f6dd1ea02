/// What the identity provider says about the person's role in this workspace.
enum Entitlement: Hashable, Sendable {
    /// The `roles` attribute or a group mapping names this role.
    case role(Role, from: RoleSource)
    /// Roles are not processed: the membership decides.
    case notProcessed
    /// Groups alone give roles here, and none of the person's does (behavior G3).
    case withdrawn
}
