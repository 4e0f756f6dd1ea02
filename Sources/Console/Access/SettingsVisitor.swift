import FoundationEssentials
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

    /// What tells one visitor from another.
    var key: [UInt8] {
        switch self {
        case .member(let session, _): withUnsafeBytes(of: session.userID.uuid.uuid) { Array($0) }
        case .setup(let visit): visit.tokenHash.bytes
        }
    }

    /// Whose tests of the settings are the visitor's own.
    var testOwner: SignInTest.Owner {
        switch self {
        case .member(let session, _): .session(session.tokenHash)
        case .setup(let visit): .visit(visit.tokenHash)
        }
    }

    /// Who saved something, in words; whoever came by a setup link is not told who administers the workspace.
    func words(for actor: AuditActor) -> String {
        switch actor {
        case .member(let email): self.seesPeople ? email.value : "an administrator"
        case .operator: "the operator"
        case .identityProvider, .system: "Portico"
        case .setup: "a visitor by setup link"
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
