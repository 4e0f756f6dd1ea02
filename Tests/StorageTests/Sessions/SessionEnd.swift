import Storage
import Testing
import Workspaces

/// What ends sessions, each with what every node must hear of it.
enum SessionEnd: String, CaseIterable, CustomTestStringConvertible {
    case memberDeactivated = "an administrator deactivates the member"
    case memberRemoved = "an administrator removes the member"
    case rolesNoMatch = "the identity provider names no role of the workspace"
    case rolesMissing = "the identity provider sends no roles where the workspace wants them"
    case noGroupMatch = "no group entitles the member any more"
    case workspaceDisabled = "the workspace is disabled"
    case workspaceDeleted = "the workspace is deleted"
    case samlDisabled = "SAML is disabled"
    case revokedAlone = "an administrator ends the session"
    case revokedByAnother = "a member ends all sessions but the own"
    case replaced = "the browser signs in again"

    var testDescription: String { self.rawValue }

    /// What a node hears.
    func invalidation(of session: Session) -> SessionInvalidation {
        switch self {
        case .memberDeactivated, .memberRemoved, .rolesNoMatch, .rolesMissing, .noGroupMatch:
            .member(session.workspaceID, session.userID)
        case .workspaceDisabled, .workspaceDeleted, .samlDisabled, .revokedByAnother: .workspace(session.workspaceID)
        case .revokedAlone, .replaced: .session(session.id)
        }
    }

    /// Makes it happen to a session of `ann`, who has a role by a group of hers.
    func happen(to session: Session, in sample: SampleWorkspace) async throws {
        let (scope, now) = (sample.scope, SampleWorkspace.now)
        switch self {
        case .memberDeactivated:
            try await sample.administer("ann") { administration, _ in try administration.deactivate() }
        case .memberRemoved:
            try await sample.administer("ann") { administration, _ in try administration.remove() }
        case .rolesNoMatch:
            #expect(try await sample.signIn("ann", roles: []).refusal == .rolesNoMatch)
        case .rolesMissing:
            try await sample.workspaces.administer(scope, actor: .operator, now: now) {
                try $0.change(WorkspaceChange(rolesMode: .required), catalogue: .standard)
            }
            #expect(try await sample.signIn("ann", groups: ["Staff"]).refusal == .rolesMissing)
        case .noGroupMatch:
            let management = MembershipManagement(
                roles: .identityProvider,
                spaces: .identityProvider,
                projectMembers: .identityProvider
            )
            let result = try await sample.signIn("ann", groups: ["Others"], management: management)
            #expect(result.refusal == .noGroupMatch)
        case .workspaceDisabled:
            try await sample.workspaces.administer(scope, actor: .operator, now: now) { $0.disable() }
        case .workspaceDeleted:
            try await sample.workspaces.delete(scope, actor: .operator, now: now)
        case .samlDisabled:
            try await sample.workspaces.administer(scope, actor: .operator, now: now) { try $0.disableSAML() }
        case .revokedAlone:
            #expect(try await sample.sessions.revoke(scope, session: session.id, by: .operator, now: now))
        case .revokedByAnother:
            let kept = try await sample.session(of: "eve")
            #expect(try await sample.sessions.revokeAll(scope, but: kept.id, by: .operator, now: now) == 1)
        case .replaced:
            let result = try await sample.signIn("ann", groups: ["Staff"], replacing: session.tokenHash)
            #expect(result.session != nil)
        }
    }
}
