/// Claims by DNS.
extension WorkspaceAdministration {
    /// Begins a claim, with a token of its own (behavior D1).
    ///
    /// - Parameters:
    ///   - text: The domain as it was typed.
    ///   - token: What has to be published.
    ///   - claims: The domains that the workspace claims already, by records that were seen or not.
    /// - Returns: The claim and what the audit log says.
    /// - Throws: The first reason against the domain (behavior D2).
    package func requestDomain(
        _ text: String,
        token: DomainClaimToken,
        beside claims: [EmailDomain] = []
    ) throws(DomainClaimRule.Refusal) -> (claim: DomainClaim, event: AuditEvent) {
        let domain = try DomainClaimRule.check(text, claimed: self.configured.domains, claims: claims)
        return (
            DomainClaim(domain: domain, token: token, requestedAt: self.now),
            self.domainEvent(.domainClaimRequested, domain)
        )
    }

    /// Gives a domain up: nobody comes in from it any more.
    ///
    /// - Parameters:
    ///   - domain: The domain.
    ///   - administrators: The owner and the active administrators, who have to come in as before; none for the operator.
    /// - Returns: What the audit log says.
    /// - Throws: ``AdministrationRefusal/lastDomain(_:)`` where SAML is on and no domain would be claimed any more, or none
    ///   of those whose record is gone would be left, by which members still come in (behavior T5, D5);
    ///   ``AdministrationRefusal/administratorLockedOut(_:)``.
    package func removeDomain(
        _ domain: EmailDomain,
        beside administrators: [Membership] = []
    ) throws(AdministrationRefusal) -> AuditEvent {
        guard !self.configured.needs(domain) else { throw .lastDomain(domain) }
        var rest = self.configured
        rest.domains.removeAll { $0 == domain }
        rest.lapsedDomains.removeAll { $0 == domain }
        let lockOut = AdministratorLockOut(
            by: .givingUp(domain),
            from: self.configured,
            to: rest,
            administrators: administrators
        )
        if self.configured.identityProvider?.enabled == true, let words = lockOut.words(for: self.actor) {
            throw .administratorLockedOut(words)
        }
        return self.domainEvent(.domainRemoved, domain)
    }

    private func domainEvent(_ action: AuditAction, _ domain: EmailDomain) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.configured.workspace.id,
            actor: self.actor,
            action: action,
            detail: ["domain": domain.value]
        )
    }
}
