/// What a refresh of metadata, or an administrator's decision about one, writes, all in one transaction.
package struct MetadataRefreshOutcome: Hashable, Sendable {
    /// What changes in the configuration, with its own events; `nil` when nothing does.
    package let configuration: WorkspaceOutcome?
    /// The state afterwards.
    package let state: MetadataRefreshState
    /// What the audit log says beside the events of the configuration.
    package let events: [AuditEvent]

    /// Everything that the audit log says.
    package var allEvents: [AuditEvent] { (self.configuration?.events ?? []) + self.events }
}
