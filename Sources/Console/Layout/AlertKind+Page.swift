package import GatewayHTTP
package import Workspaces

extension AlertKind {
    /// Where an administrator does something about it.
    package func settingsPath(at site: PublicSite) -> String {
        switch self {
        case .trustChanged: self.page.path(at: site) + "/versions"
        case .seatLimit, .domainLapsed, .domainClaimedElsewhere, .noAdministrator, .certificateExpiring,
            .passphraseSignIn, .metadataChangeProposed, .metadataRefreshFailed:
            self.page.path(at: site)
        }
    }

    /// What the navigation calls the page.
    package var settingsTitle: String { self.page.title }

    private var page: ConsolePath {
        switch self {
        case .seatLimit: .seats
        case .domainLapsed, .domainClaimedElsewhere: .domains
        case .noAdministrator: .members
        case .certificateExpiring, .trustChanged, .metadataChangeProposed, .metadataRefreshFailed: .singleSignOn
        case .passphraseSignIn: .sessions
        }
    }
}
