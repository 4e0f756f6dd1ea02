import GatewayHTTP
import Workspaces

/// What the page of the versions shows: the names that the template uses.
struct VersionsPage {
    /// One version.
    struct Version {
        let number: Int
        let savedBy: String
        let savedAt: String
        let isDraft: Bool
        let isInForce: Bool
        let passedAt: String?
        let changes: [ShownDifference]
        let hasChanges: Bool
        let differences: [ShownDifference]
        let hasDifferences: Bool
    }

    let frame: ConsoleFrame
    let path: String
    let backPath: String
    let version: String
    let overtaken: Overtaken?
    let isEmpty: Bool
    let versions: [Version]

    init(
        _ edited: EditedSettings,
        versions: [SavedSingleSignOn],
        overtaken: Overtaken? = nil,
        renderer: ConsoleRenderer
    ) {
        let visit = edited.visit
        let site = renderer.site
        let inForce = SingleSignOnSettings(of: edited.inForce)
        let current = versions.filter { $0.inForceAt != nil && $0.settings == inForce }.max { $0.number < $1.number }
        self.frame = ConsoleFrame(visit, page: .singleSignOn, renderer: renderer)
        self.path = ConsolePath.singleSignOn.path(at: site) + "/versions"
        self.backPath = ConsolePath.singleSignOn.path(at: site)
        self.version = SingleSignOnVersion(of: visit.configured).description
        self.overtaken = overtaken
        self.isEmpty = versions.isEmpty
        self.versions = versions.enumerated()
            .map { index, version in
                let earlier = versions.dropFirst(index + 1).first
                let changes = earlier.map { version.settings.differences(from: $0.settings) } ?? []
                let differences = inForce.map { version.settings.differences(from: $0) } ?? []
                return Version(
                    number: version.number,
                    savedBy: visit.visitor.words(for: version.actor),
                    savedAt: ReadableDate.time(version.savedAt),
                    isDraft: version.isDraft,
                    isInForce: version.number == current?.number,
                    passedAt: version.passedAt.map { ReadableDate.time($0) },
                    changes: changes.map { ShownDifference($0) },
                    hasChanges: !changes.isEmpty,
                    differences: differences.map { ShownDifference($0) },
                    hasDifferences: !differences.isEmpty
                )
            }
    }
}
