import FoundationEssentials
import Workspaces

/// The draft beside what is in force, as the page of single sign-on shows it.
struct DraftCard {
    /// Which draft it is, for the form that gives it up.
    let version: String
    let savedBy: String
    let savedAt: String
    let differences: [ShownDifference]

    /// The card of a draft.
    ///
    /// - Returns: `nil` where there is none, or nothing is in force that it could differ from.
    init?(_ edited: EditedSettings) {
        guard let draft = edited.draft else { return nil }
        self.version = SingleSignOnVersion(of: edited.visit.configured).description
        self.savedBy = edited.visit.visitor.words(for: draft.actor)
        self.savedAt = ReadableDate.time(draft.savedAt)
        self.differences = draft.settings.differences(from: SingleSignOnSettings(of: edited.inForce))
            .map { ShownDifference($0) }
    }
}
