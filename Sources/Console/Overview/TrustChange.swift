import FoundationEssentials
import GatewayHTTP
import Workspaces

/// Another certificate or issuer that came in force, of which the other administrators are told.
struct TrustChange {
    let savedBy: String
    let time: String
    let path: String

    /// How long they are told.
    private static let noticeTime: TimeInterval = 7 * 86_400

    /// The newest change among the versions of a workspace.
    ///
    /// - Returns: `nil` where there was none in the last week; the first settings change nothing.
    init?(among versions: [SavedSingleSignOn], now: Date, renderer: ConsoleRenderer) {
        let inForce = versions.filter { $0.inForceAt != nil }
            .sorted { ($0.inForceAt ?? .distantPast, $0.number) > ($1.inForceAt ?? .distantPast, $1.number) }
        let changes = zip(inForce, inForce.dropFirst())
            .filter { new, old in new.settings.changesTrust(since: old.settings) }
        guard let change = changes.first?.0, let time = change.inForceAt,
            now.timeIntervalSince(time) < Self.noticeTime
        else { return nil }
        self.savedBy = DraftCard.words(change.actor)
        self.time = ReadableDate.time(time)
        self.path = renderer.site.singleSignOnSettingsPath + "/versions"
    }
}
