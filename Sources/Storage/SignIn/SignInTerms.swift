package import FoundationEssentials
package import Workspaces

/// What the installation says about every sign-in, and what belongs to this one request.
package struct SignInTerms: Sendable {
    /// The roles of the installation.
    package let catalogue: RoleCatalogue
    /// Who may register without an invitation.
    package let signUpPolicy: SignUpPolicy
    /// Who manages roles, spaces and projects.
    package let management: MembershipManagement
    /// The limits of a session where the workspace has none of its own.
    package let sessionLimits: SessionLimits
    /// The id of the HTTP request, under which a refusal is found again.
    package let requestID: RequestID
    /// The present.
    package let now: Date

    /// Puts the terms together.
    package init(
        catalogue: RoleCatalogue,
        signUpPolicy: SignUpPolicy,
        management: MembershipManagement = MembershipManagement(),
        sessionLimits: SessionLimits,
        requestID: RequestID,
        now: Date
    ) {
        self.catalogue = catalogue
        self.signUpPolicy = signUpPolicy
        self.management = management
        self.sessionLimits = sessionLimits
        self.requestID = requestID
        self.now = now
    }
}
