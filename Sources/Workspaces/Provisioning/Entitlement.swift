/// What the identity provider says about the person's role in this workspace.
enum Entitlement: Hashable, Sendable {
    /// The `roles` attribute names this role.
    case role(Role)
    /// Roles are not processed: the membership decides.
    case notProcessed
}
