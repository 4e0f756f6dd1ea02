import FoundationEssentials
import Workspaces

extension Session {
    /// Nobody's session, for what a gateway does once before anybody comes.
    static func rehearsal(at now: Date) -> Session? {
        guard
            let companyID = CompanyID("rehearsal"), let email = Email("nobody@example.org")
        else { return nil }
        return Session(
            id: .random(),
            tokenHash: SessionToken.random().hash,
            workspaceID: .random(),
            companyID: companyID,
            userID: .random(),
            email: email,
            displayName: "Nobody",
            role: RoleCatalogue.standard.admin,
            authenticatedAt: now,
            expiresAt: now,
            maxIdle: .zero
        )
    }
}
