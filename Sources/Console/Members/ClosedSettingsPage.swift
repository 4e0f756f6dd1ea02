import GatewayHTTP
import Workspaces

/// What whoever was an administrator a moment ago is told, and has just taken that from themselves: no page of the settings
/// opens for them any more.
struct ClosedSettingsPage {
    let host: String
    let stylesheetPath: String
    let iconPath: String
    let heading: String
    let words: String
    let onwardPath: String
    let onward: String

    /// Makes the page; nil where it was done to somebody else, or where the person still may see the settings.
    ///
    /// - Parameters:
    ///   - userID: To whom it was done.
    ///   - membership: What the person is afterwards; nil once removed.
    ///   - visit: Who did it.
    ///   - service: The settings.
    init?(_ userID: UserID, now membership: Membership?, _ visit: SettingsVisit, service: Console) {
        guard visit.visitor.session?.userID == userID else { return nil }
        if let membership, SettingsAccess.isGranted(to: membership, catalogue: service.catalogue) { return nil }
        let site = service.pages.site
        let name = visit.configured.workspace.name
        self.host = site.host
        self.stylesheetPath = service.renderer.assets.stylesheetPath
        self.iconPath = service.renderer.assets.iconPath
        guard let membership else {
            self.heading = "You are no member of \(name) any more"
            self.words =
                "It is done, and every session of yours has ended. To come back, have an administrator invite you."
            self.onwardPath = site.signInPath
            self.onward = "To the sign-in page"
            return
        }
        if membership.state == .active {
            self.heading = "Your role is \(membership.role?.name ?? "none") now"
            self.words =
                "It is done, and counts at once. The settings of \(name) are for administrators, so they open for you no more; "
                + "another administrator can give you the role again."
            self.onwardPath = "/"
            self.onward = "To the application"
        } else {
            self.heading = "You are locked out of \(name)"
            self.words =
                "It is done: every session of yours has ended, and no sign-in lets you in until another administrator "
                + "reactivates you."
            self.onwardPath = site.signInPath
            self.onward = "To the sign-in page"
        }
    }
}
