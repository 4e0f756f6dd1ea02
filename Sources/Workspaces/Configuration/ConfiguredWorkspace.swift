/// A workspace with everything that a sign-in needs to know of it.
package struct ConfiguredWorkspace: Hashable, Sendable {
    /// The workspace.
    package var workspace: Workspace
    /// The identity provider, once somebody has filled in the form.
    package var identityProvider: IdentityProviderConfiguration?
    /// The domains that are claimed at present.
    package var domains: [EmailDomain]
    /// The domains whose record has been away too long: members stay, nobody new comes in (behavior D5).
    package var lapsedDomains: [EmailDomain]

    /// Puts the parts together.
    package init(
        workspace: Workspace,
        identityProvider: IdentityProviderConfiguration?,
        domains: [EmailDomain],
        lapsedDomains: [EmailDomain] = []
    ) {
        self.workspace = workspace
        self.identityProvider = identityProvider
        self.domains = domains
        self.lapsedDomains = lapsedDomains
    }

    /// Whether single sign-on is on and would let nobody in without a domain.
    package func needs(_ domain: EmailDomain) -> Bool {
        guard self.identityProvider?.enabled == true else { return false }
        return self.domains == [domain] || self.domains.isEmpty && self.lapsedDomains == [domain]
    }

    /// The identity provider that people of this workspace are sent to.
    ///
    /// - Throws: ``RefusalCode/companyNotFound`` for a workspace that is disabled, and
    ///   ``RefusalCode/samlNotEnabled`` for one without an enabled configuration. Both codes are for the audit log;
    ///   ``RefusalCode/shownToMembers`` makes them one (behavior F1, rulings 9).
    package func signInIdentityProvider() throws(RefusalCode) -> IdentityProviderConfiguration {
        guard self.workspace.status == .enabled else { throw .companyNotFound }
        guard let identityProvider = self.identityProvider, identityProvider.enabled else { throw .samlNotEnabled }
        return identityProvider
    }
}
