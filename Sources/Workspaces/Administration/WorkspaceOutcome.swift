/// What an administrative decision about a workspace writes, all in one transaction.
package struct WorkspaceOutcome: Hashable, Sendable {
    /// The workspace afterwards.
    package let configured: ConfiguredWorkspace
    /// The settings that change; empty when nothing does.
    package let differences: [SettingDifference]
    /// What happens to the workspace's open sessions.
    package let sessionEffects: [SessionEffect]
    /// What the audit log says; empty when nothing changed.
    package let events: [AuditEvent]
}
