package import FoundationEssentials
package import Workspaces

/// A change of one person's membership that somebody asks for: whose, on whose word, and by which rules.
package struct MemberChangeRequest: Sendable {
    let scope: WorkspaceScope
    let email: Email
    let attempt: MemberChangeAttempt
    let catalogue: RoleCatalogue
    let management: MembershipManagement
    let actor: AuditActor
    let now: Date

    /// Asks for a change.
    ///
    /// - Parameters:
    ///   - attempt: What is asked for, as the audit log calls it where it is refused.
    ///   - email: The person's address, known to the workspace or not.
    ///   - scope: The workspace.
    ///   - catalogue: The roles of the installation.
    ///   - management: Who manages roles, where the workspace does not say.
    ///   - actor: On whose word.
    ///   - now: The present.
    package init(
        _ attempt: MemberChangeAttempt,
        of email: Email,
        in scope: WorkspaceScope,
        catalogue: RoleCatalogue,
        management: MembershipManagement,
        actor: AuditActor,
        now: Date
    ) {
        self.attempt = attempt
        self.email = email
        self.scope = scope
        self.catalogue = catalogue
        self.management = management
        self.actor = actor
        self.now = now
    }
}
