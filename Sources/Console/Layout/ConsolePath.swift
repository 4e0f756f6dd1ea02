import GatewayHTTP

/// The pages of the settings in the order of their navigation.
enum ConsolePath: CaseIterable {
    case overview
    case singleSignOn
    case invitations
    case signInLog
    case members
    case joining
    case mappings
    case places
    case domains
    case sessions
    case seats
    case auditLog
    case access

    /// Where it is.
    func path(at site: PublicSite) -> String {
        switch self {
        case .overview: site.settingsPath
        case .singleSignOn: site.singleSignOnSettingsPath
        case .invitations: site.settingsPath + "/invitations"
        case .signInLog: site.settingsPath + "/sign-in-log"
        case .members: site.settingsPath + "/members"
        case .joining: site.settingsPath + "/joining"
        case .mappings: site.settingsPath + "/mappings"
        case .places: site.settingsPath + "/spaces"
        case .domains: site.settingsPath + "/domains"
        case .sessions: site.settingsPath + "/sessions"
        case .seats: site.settingsPath + "/seats"
        case .auditLog: site.settingsPath + "/audit-log"
        case .access: site.settingsPath + "/access"
        }
    }

    /// What the navigation calls it.
    var title: String {
        switch self {
        case .overview: "Overview"
        case .singleSignOn: "Single sign-on"
        case .invitations: "Invitations"
        case .signInLog: "Sign-in log"
        case .members: "Members"
        case .joining: "Joining"
        case .mappings: "Mappings"
        case .places: "Spaces and projects"
        case .domains: "Domains"
        case .sessions: "Sessions"
        case .seats: "Seats"
        case .auditLog: "Audit log"
        case .access: "Access"
        }
    }

    /// The drawing beside the title.
    var icon: String {
        switch self {
        case .overview: "M3 11.5 12 4l9 7.5-1.3 1.5L18 11.6V20H6v-8.4l-1.7 1.4zM8 18h8v-8l-4-3.4L8 10z"
        case .singleSignOn:
            "M14.5 3a6.5 6.5 0 1 1-2.1 12.6L10.5 17.5H8V20H3v-4.6l6-6A6.5 6.5 0 0 1 14.5 3zm0 2A4.5 4.5 0 0 0 10.3 11l.3.9"
                + "L5 17.5v.5h1v-2.5h3.6l2.5-2.5.9.4A4.5 4.5 0 1 0 14.5 5zM16 6.5a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5z"
        case .invitations: "M3 5h18v14H3zM6.2 7 12 11.6 17.8 7zM5 8.6V17h14V8.6l-7 5.5z"
        case .signInLog:
            "M4 5h12v2H4zM4 10h9v2H4zM4 15h7v2H4zM17.5 11.5l1.4 1.4-5.4 5.4-3-3 1.4-1.4 1.6 1.6zM19 16h2v5h-2z"
        case .members:
            "M9 4a3.75 3.75 0 1 1 0 7.5A3.75 3.75 0 0 1 9 4zm0 2a1.75 1.75 0 1 0 0 3.5A1.75 1.75 0 0 0 9 6zM2 20v-1.5C2 15 5 13 9 13"
                + "s7 2 7 5.5V20h-2v-1.5C14 16.5 12 15 9 15s-5 1.5-5 3.5V20zM15 4.3a3.7 3.7 0 0 1 0 7v-2.2a1.7 1.7 0 0 0 0-2.6z"
                + "M17 13.3c3 .6 5 2.4 5 5.2V20h-2v-1.5c0-1.6-1.1-2.7-3-3.2z"
        case .joining: "M4 4h9v2H6v12h7v2H4zM13 8l5 4-5 4v-3H9v-2h4zM18 4h2v16h-2z"
        case .mappings: "M4 5h7v5H4zM13 14h7v5h-7zM6 7v1h3V7zM15 16v1h3v-1zM7 12h2v3.5h2.5v2H7zM13 6.5h4V12h-2V8.5h-2z"
        case .places: "M12 3 3 7.5l9 4.5 9-4.5zM12 5.2l4.6 2.3L12 9.8 7.4 7.5zM3 12l9 4.5 9-4.5v2.2l-9 4.5-9-4.5z"
        case .domains:
            "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM5 11h6V5h2v6h6v2h-6v6h-2v-6H5z"
        case .sessions:
            "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zm0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM11 7h2v4.6l3.2 3.2-1.4 1.4L11 12.4z"
        case .seats: "M7 3h10v9H7zM9 5v5h6V5zM4 9h2v5h12V9h2v7h-2v5h-2v-5H8v5H6v-5H4z"
        case .access:
            "M12 2a5 5 0 0 1 5 5v3h2v11H5V10h2V7a5 5 0 0 1 5-5zm0 2a3 3 0 0 0-3 3v3h6V7a3 3 0 0 0-3-3zm-5 8v7h10v-7zm4 2h2v3h-2z"
        case .auditLog: "M5 3h10l4 4v14H5zM7 5v14h10V8h-3V5zM9 11h6v1.8H9zM9 14.5h6v1.8H9z"
        }
    }

    /// Whether the page is about people, which a setup link does not open.
    var isAboutPeople: Bool {
        switch self {
        case .overview, .singleSignOn, .signInLog, .mappings, .domains: false
        case .invitations, .members, .joining, .places, .sessions, .seats, .auditLog, .access: true
        }
    }
}
