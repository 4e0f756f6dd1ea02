import FoundationEssentials
import Storage
import Workspaces

/// The settings of single sign-on as somebody edits them: the draft, or what is saved where there is none.
struct EditedSettings: Sendable {
    /// Who edits, at the workspace as it would be.
    let visit: SettingsVisit
    /// The workspace as it is.
    let inForce: ConfiguredWorkspace
    /// The draft; `nil` where there is none.
    let draft: SavedSingleSignOn?
    /// When a test sign-in of exactly these settings succeeded; `nil` where none did.
    let passedAt: Date?
    /// How fetching the metadata anew went.
    let refreshes: MetadataRefreshState

    /// Whether people sign in by what is saved, so that what is typed goes to a draft.
    var isInUse: Bool { self.inForce.identityProvider?.enabled ?? false }

    /// Whether what is edited is put in force only after a test sign-in of it.
    var needsTest: Bool {
        self.passedAt == nil && SingleSignOnPromotion.needsTest(self.visit.configured, over: self.inForce)
    }

    /// What a form names to say which change it means.
    var promotionName: String { SingleSignOnPromotion.name(of: self.visit.configured, over: self.inForce) }
}

extension Console {
    /// Reads what a visitor edits.
    func edited(_ visit: SettingsVisit) async throws -> EditedSettings {
        let draft = try await self.versions.draft(visit.scope)
        let configured = draft?.settings.applied(to: visit.configured) ?? visit.configured
        return EditedSettings(
            visit: visit.seeing(configured),
            inForce: visit.configured,
            draft: draft,
            passedAt: try await self.versions.passedAt(visit.scope, configured),
            refreshes: try await self.metadataState(visit)
        )
    }

    /// How fetching the metadata anew went that the settings in force follow.
    func metadataState(_ visit: SettingsVisit) async throws -> MetadataRefreshState {
        guard visit.configured.identityProvider?.metadataSource != nil else { return MetadataRefreshState() }
        return try await self.refreshes.state(visit.scope)
    }

    /// Reads what a visitor edits anew, after somebody else changed it.
    func editedNow(_ visit: SettingsVisit) async throws -> EditedSettings {
        let configured = try await self.directory.configuredWorkspace(visit.scope) ?? visit.configured
        return try await self.edited(
            visit.seeing(configured)
        )
    }
}
