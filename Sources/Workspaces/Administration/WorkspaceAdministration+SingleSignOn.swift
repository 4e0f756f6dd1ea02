extension WorkspaceAdministration {
    /// Changes everything that stands on the form of single sign-on, all or nothing: part of it belongs to the workspace
    /// and part to its identity provider.
    ///
    /// - Parameters:
    ///   - workspace: What changes of the workspace.
    ///   - saml: What changes of the identity provider.
    ///   - catalogue: The roles of the installation.
    ///   - loopbackHTTP: Whether a plain http URL on this machine is accepted.
    /// - Returns: One outcome with one audit event.
    /// - Throws: The mistakes of both together.
    package func configureSingleSignOn(
        _ workspace: WorkspaceChange,
        _ saml: SAMLConfigurationChange,
        catalogue: RoleCatalogue,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        var mistakes = workspace.mistakes(catalogue: catalogue)
        var new = self.configured
        do throws(ConfigurationMistakes) {
            new.identityProvider = try saml.applied(to: self.configured.identityProvider, loopbackHTTP: loopbackHTTP)
        } catch {
            mistakes += error.mistakes
        }
        try ConfigurationMistakes.check(mistakes)
        new.workspace = try workspace.applied(to: self.configured.workspace, catalogue: catalogue)
        return self.outcome(new, action: .samlConfigured)
    }

    /// Goes back to settings that were kept.
    package func restore(_ settings: SingleSignOnSettings) -> WorkspaceOutcome {
        self.outcome(settings.applied(to: self.configured), action: .samlConfigured)
    }
}
