/// An event of an audit log as it is stored: the texts that its hash is made of.
///
/// Unlike ``AuditEvent`` it can hold what no version of Portico has written, because somebody else may have.
package struct AuditRecord: Hashable, Sendable {
    /// The workspace; `nil` in the operator's log.
    package var workspaceID: WorkspaceID?
    /// The number of the event, which says no more than roughly when it was written.
    package var eventID: Int
    /// When it was decided: RFC 3339 in UTC with six digits of a second.
    package var time: String
    /// The kind of the actor.
    package var actor: String
    /// The actor's address.
    package var actorEmail: String?
    /// What was done or refused.
    package var action: String
    /// Whom it was about.
    package var email: String?
    /// `done` or `refused`.
    package var outcome: String
    /// Why it was refused.
    package var code: String?
    /// What the decision rested on.
    package var detail: [String: String]

    /// Puts an event together.
    package init(
        workspaceID: WorkspaceID?,
        eventID: Int,
        time: String,
        actor: String,
        actorEmail: String?,
        action: String,
        email: String?,
        outcome: String,
        code: String?,
        detail: [String: String]
    ) {
        self.workspaceID = workspaceID
        self.eventID = eventID
        self.time = time
        self.actor = actor
        self.actorEmail = actorEmail
        self.action = action
        self.email = email
        self.outcome = outcome
        self.code = code
        self.detail = detail
    }

    /// The hash of the link by which the event joins a chain: the form that `Docs/AuditChain.md` tells everybody.
    ///
    /// - Parameters:
    ///   - previous: The hash of the link before.
    ///   - position: The position of the link.
    ///   - sealedAt: When the event was sealed, in the form of ``time``.
    /// - Returns: SHA-256 of the fields.
    package func hash(after previous: AuditHash, at position: Int, sealedAt: String) -> AuditHash {
        var fields: [String?] = [
            "portico-audit-1", previous.description, "\(position)", sealedAt, self.workspaceID?.description,
            "\(self.eventID)", self.time, self.actor, self.actorEmail, self.action, self.email, self.outcome, self.code,
        ]
        let detail = self.detail.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (key, value) in detail { fields += [key, value] }
        return AuditHash(of: fields)
    }
}
