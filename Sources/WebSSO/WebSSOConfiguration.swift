package import SAML
package import Workspaces

/// The settings of sign-in that are the same for every workspace.
package struct WebSSOConfiguration: Hashable, Sendable {
    /// The entity id of the shared metadata document: the default SP issuer.
    package var spIssuer: EntityID
    /// The roles of the installation.
    package var catalogue: RoleCatalogue
    /// Who may register without an invitation.
    package var signUpPolicy: SignUpPolicy
    /// Who manages roles, spaces and projects.
    package var management: MembershipManagement
    /// The limits of a session where the workspace has none of its own.
    package var sessionLimits: SessionLimits
    /// How far the clock of an identity provider may be off.
    package var clockSkew: Duration

    /// Takes settings.
    package init(
        spIssuer: EntityID,
        catalogue: RoleCatalogue,
        signUpPolicy: SignUpPolicy = .open,
        management: MembershipManagement = MembershipManagement(),
        sessionLimits: SessionLimits,
        clockSkew: Duration = .seconds(60)
    ) {
        self.spIssuer = spIssuer
        self.catalogue = catalogue
        self.signUpPolicy = signUpPolicy
        self.management = management
        self.sessionLimits = sessionLimits
        self.clockSkew = clockSkew
    }
}
