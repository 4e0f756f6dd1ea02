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

    /// The newest change among the versions that were in force, of which the newest comes first.
    ///
    /// - Returns: `nil` where there was none in the last week; the first settings change nothing.
    init?(among inForce: [SavedSingleSignOn], visitor: SettingsVisitor, now: Date, renderer: ConsoleRenderer) {
        let changes = zip(inForce, inForce.dropFirst())
            .filter { new, old in new.settings.changesTrust(since: old.settings) }
        guard let change = changes.first?.0, let time = change.inForceAt,
            now.timeIntervalSince(time) < Self.noticeTime
        else { return nil }
        self.savedBy = visitor.words(for: change.actor)
        self.time = ReadableDate.time(time)
        self.path = ConsolePath.singleSignOn.path(at: renderer.site) + "/versions"
    }
}
