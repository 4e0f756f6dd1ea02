extension WorkspaceAdministration {
    /// Limits how long the sessions of the workspace live (behavior S1).
    ///
    /// A shorter limit counts for the sessions that are there, too; a longer one from the next sign-in, because the
    /// identity provider may have set the end of the others.
    package func limitSessions(
        _ change: SessionLimitsChange,
        within installation: SessionLimits
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        var new = self.configured
        new.workspace = try change.applied(to: self.configured.workspace, within: installation)
        return self.outcome(
            new,
            action: .workspaceChanged,
            sessionEffects: [.refresh(.workspace(self.configured.workspace.id))]
        )
    }
}
