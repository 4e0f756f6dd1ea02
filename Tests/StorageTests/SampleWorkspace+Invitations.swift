import Storage
import Testing
import Workspaces

extension SampleWorkspace {
    var invitations: InvitationStore { InvitationStore(pool: self.storage.service) }

    /// Invites somebody of the workspace's domain as a reviewer, by a link with this secret.
    @discardableResult
    func invite(_ localPart: String, by token: SecretToken<InvitationLink>) async throws -> MemberAdministrationOutcome
    {
        let email = try self.email(localPart)
        return try await self.administer(localPart) { administration, user in
            try administration.invite(email, roleName: "REVIEWER", user: user, by: token)
        }
    }
}
