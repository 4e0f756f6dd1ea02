package import Workspaces

/// A mail about an event with all that it says, which has to be handed over.
package struct AlertMail: Hashable, Sendable {
    /// The mail.
    package let due: DueAlertMail
    /// What kind of event it is.
    package let kind: AlertKind
    /// What happened.
    package let event: AuditEvent
    /// Whether who did it belongs to the workspace still.
    package let isActorMember: Bool
    /// Who gets it.
    package let recipient: Email
    /// The workspace's name.
    package let workspaceName: String
    /// The workspace's Company ID.
    package let companyID: CompanyID
    /// How often it was tried, this attempt counted.
    package let attempts: Int
}
