package import SAML

/// Everything that stands on the form of single sign-on, apart from whether it is switched on: what a version keeps, a
/// draft changes and a test sign-in tries.
package struct SingleSignOnSettings: Hashable, Sendable {
    /// The name by which the identity provider knows Portico.
    package let spIssuer: EntityID
    /// The assertion consumer service.
    package let acsStyle: AssertionConsumerServiceStyle
    /// When the `roles` attribute is read.
    package let rolesMode: RolesMode
    /// The identity provider; whether it is switched on is not said here.
    package let identityProvider: IdentityProviderConfiguration

    /// Puts settings together that were checked.
    package init(
        spIssuer: EntityID,
        acsStyle: AssertionConsumerServiceStyle,
        rolesMode: RolesMode,
        identityProvider: IdentityProviderConfiguration
    ) {
        self.spIssuer = spIssuer
        self.acsStyle = acsStyle
        self.rolesMode = rolesMode
        var identityProvider = identityProvider
        identityProvider.enabled = false
        self.identityProvider = identityProvider
    }

    /// The settings of a workspace.
    ///
    /// - Returns: `nil` for a workspace without an identity provider.
    package init?(of configured: ConfiguredWorkspace) {
        guard let identityProvider = configured.identityProvider else { return nil }
        self.init(
            spIssuer: configured.workspace.spIssuer,
            acsStyle: configured.workspace.acsStyle,
            rolesMode: configured.workspace.rolesMode,
            identityProvider: identityProvider
        )
    }

    /// The workspace as it would be with these settings.
    ///
    /// It stays switched on or off, and the latch is treated as by ``WorkspaceChange/applied(to:catalogue:)``.
    package func applied(to configured: ConfiguredWorkspace) -> ConfiguredWorkspace {
        var new = configured
        new.workspace.spIssuer = self.spIssuer
        new.workspace.acsStyle = self.acsStyle
        if self.rolesMode != configured.workspace.rolesMode {
            new.workspace.rolesMode = self.rolesMode
            if self.rolesMode != .required { new.workspace.rolesFirstSeenAt = nil }
        }
        new.identityProvider = self.identityProvider
        new.identityProvider?.enabled = configured.identityProvider?.enabled ?? false
        return new
    }
}
