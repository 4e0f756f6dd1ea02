import Foundation
import GatewayHTTP
import PostgreSQL
import Storage
import Testing
import Workspaces

extension TestInstallation {
    /// Invites an address to company-a as a supervisor, and answers the path of the link.
    func invite(_ address: String = "ann@company-a.example") async throws -> String {
        let directory = WorkspaceDirectory(pool: self.database.pool)
        let companyID = try #require(CompanyID("company-a"))
        let workspace = try #require(try await directory.configuredWorkspace(companyID: companyID)).workspace
        let email = try #require(Email(address))
        let token = SecretToken<InvitationLink>.random()
        let request = MemberChangeRequest(
            .invitation(role: "SUPERVISOR"),
            of: email,
            in: WorkspaceScope(workspace.id),
            catalogue: .standard,
            management: MembershipManagement(),
            actor: .operator,
            now: self.clock.now
        )
        _ = try await MembershipStore(pool: self.database.pool)
            .administer(request) { try $0.invite(email, roleName: "SUPERVISOR", user: $1, by: token) }
        return self.site.invitationPath + "/" + token.text
    }
}
