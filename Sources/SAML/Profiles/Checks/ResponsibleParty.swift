/// Who has to change something so that a check passes.
package enum ResponsibleParty: String, Hashable, Sendable, CaseIterable {
    /// Whoever administers the identity provider.
    case identityProviderAdministrator = "idp_admin"
    /// Whoever administers the workspace's settings in Portico.
    case workspaceAdministrator = "workspace_admin"
    /// Whoever runs this installation of Portico.
    case `operator`
    /// The person who signs in.
    case member
}
