package import FoundationEssentials

extension AuditEvent {
    /// The event of a change to what groups give; each value names some of what was taken away and added.
    package static func mappingsChanged(
        _ differences: [SettingDifference],
        in workspaceID: WorkspaceID,
        actor: AuditActor,
        now: Date
    ) -> AuditEvent {
        AuditEvent(
            time: now,
            workspaceID: workspaceID,
            actor: actor,
            action: .mappingsChanged,
            detail: SettingDifference.auditDetail(differences)
        )
    }
}
