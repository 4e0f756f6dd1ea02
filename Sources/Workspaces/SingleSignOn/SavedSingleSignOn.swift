package import FoundationEssentials

/// One state of the single sign-on settings that was kept: who saved it, when, and what it says.
package struct SavedSingleSignOn: Hashable, Sendable {
    /// Its number within the workspace; a later state has a greater one.
    package let number: Int
    /// What it says.
    package let settings: SingleSignOnSettings
    /// Who saved it.
    package let actor: AuditActor
    /// When it was saved.
    package let savedAt: Date
    /// Whether it is the draft: what is being edited, and counts for nobody yet.
    package let isDraft: Bool
    /// Since when it counted for sign-ins; `nil` for what never did.
    package let inForceAt: Date?
    /// When a test sign-in of exactly these settings succeeded; `nil` where none did.
    package let passedAt: Date?

    /// Restores a state from its row.
    package init(
        number: Int,
        settings: SingleSignOnSettings,
        actor: AuditActor,
        savedAt: Date,
        isDraft: Bool,
        inForceAt: Date?,
        passedAt: Date?
    ) {
        self.number = number
        self.settings = settings
        self.actor = actor
        self.savedAt = savedAt
        self.isDraft = isDraft
        self.inForceAt = inForceAt
        self.passedAt = passedAt
    }
}
