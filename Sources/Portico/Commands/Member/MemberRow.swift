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
    let userID: String
    let invitedAt: Date?

    init(_ membership: Membership) {
        self.email = membership.email.value
        self.displayName = membership.displayName
        self.state = membership.state.name
        self.deactivatedBy = membership.state.deactivationOrigin?.rawValue
        self.role = membership.role?.name
        self.roleSource = membership.roleSource.rawValue
        self.owner = membership.isOwner
        self.userID = membership.userID.description
        self.invitedAt = membership.invitedAt
    }
}
