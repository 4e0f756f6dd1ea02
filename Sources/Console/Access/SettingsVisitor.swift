import Workspaces

/// Whoever sees the settings of a workspace.
enum SettingsVisitor: Sendable {
    /// An administrator or the owner, by their session.
    case member(Session, Membership)
    /// Whoever opened a setup link.
    case setup(SetupVisit)

    /// On whose word something is changed.
    var actor: AuditActor {
        switch self {
        case .member(let session, _): .member(session.email)
        case .setup: .setup
        }
    }

    /// The administrator's session; `nil` of a visit.
    var session: Session? {
        switch self {
        case .member(let session, _): session
        case .setup: nil
        }
    }

    /// Whose tests of the settings are the visitor's own.
    var testOwner: SignInTest.Owner {
        switch self {
        case .member(let session, _): .session(session.tokenHash)
        case .setup(let visit): .visit(visit.tokenHash)
        }
    }

    /// Whether the pages about people are open, too.
    var seesPeople: Bool {
        switch self {
        case .member: true
        case .setup: false
        }
    }
}
