/// The address must be in a domain that this workspace claims, or be a guest's (behavior D2, D3, Q9).
enum DomainRule {
    /// Checks the address.
    ///
    /// - Throws: ``RefusalCode/emailDomainRefused``.
    static func check(
        _ email: Email,
        membership: Membership?,
        configured: ConfiguredWorkspace
    ) throws(SignInRefusal) {
        // D2: the domains are equal; a subdomain is claimed separately.
        if configured.domains.contains(email.domain) { return }
        // D5: whoever is a member already stays when the record of the domain is gone.
        if configured.lapsedDomains.contains(email.domain), membership?.state == .active { return }
        // D3: a guest was invited by name, to a workspace that allows guests.
        if configured.workspace.allowGuests, membership?.invitedAt != nil { return }
        throw SignInRefusal(.emailDomainRefused)
    }
}
