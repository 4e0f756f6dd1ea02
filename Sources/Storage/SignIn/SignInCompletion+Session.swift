import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// What a sign-in that succeeds opens.
extension SignInCompletion {
    /// The session of a person who gets in.
    func makeSession(
        of member: Membership,
        in workspace: Workspace,
        assignments: MemberAssignments,
        token: SessionToken
    ) throws -> Session {
        guard let role = member.role else {
            throw StoredValueError(column: "role")
        }
        let limits = self.terms.sessionLimits.overridden(by: workspace)
        return Session(
            id: .random(),
            tokenHash: token.hash,
            workspaceID: workspace.id,
            companyID: workspace.companyID,
            userID: member.userID,
            email: member.email,
            displayName: member.displayName,
            role: role,
            groups: assignments.groupNames,
            spaces: assignments.spaceNames,
            projects: assignments.projectAssignments,
            authenticatedAt: self.terms.now,
            confirmedAt: self.origin.request?.isConfirmation == true ? self.terms.now : nil,
            expiresAt: limits.expiry(
                authenticatedAt: self.terms.now,
                sessionNotOnOrAfter: self.identity.assertion.sessionNotOnOrAfter
            ),
            maxIdle: limits.maxIdle
        )
    }

    /// Writes the session, where its token leads, and by which name the identity provider knows the person.
    func add(_ session: Session, to write: inout MembershipWrite) {
        let assertion = self.identity.assertion
        write.add(SessionInsertion(session: session, assertion: assertion))
        write.add(
            """
            INSERT INTO identity_links (workspace_id, user_id, idp_issuer, name_id, linked_at, last_used_at)
            VALUES (portico_workspace(), \(session.userID.uuid), \(assertion.issuer.value),
                \(assertion.nameID?.value.storable), \(self.terms.now), \(self.terms.now))
            ON CONFLICT (workspace_id, user_id, idp_issuer)
            DO UPDATE SET name_id = excluded.name_id, last_used_at = excluded.last_used_at
            """
        )
    }
}

extension ProvisioningOutcome {
    /// The groups, spaces and projects that the outcome writes; `nil` where they stay as they were.
    var assignments: MemberAssignments? {
        switch self {
        case .accepted(_, let effects, _), .refused(_, let effects, _):
            for case .assign(_, let assignments) in effects { return assignments }
            return nil
        }
    }
}
