import Foundation
import Workspaces

/// A person in output.
struct MemberRow: Encodable {
    let email: String
    let displayName: String
    let state: String
    let deactivatedBy: String?
    let role: String?
    let roleSource: String
    let owner: Bool
    let user: String
    let invitedAt: Date?

    init(_ membership: Membership, in workspace: Workspace) {
        self.email = membership.email.value
        self.displayName = membership.displayName
        self.state = membership.state.name
        self.deactivatedBy = membership.state.deactivationOrigin?.rawValue
        self.role = membership.role?.name
        self.roleSource = membership.roleSource.rawValue
        self.owner = membership.isOwner
        self.user = SubjectID(of: membership.userID, in: workspace.id).description
        self.invitedAt = membership.invitedAt
    }
}
