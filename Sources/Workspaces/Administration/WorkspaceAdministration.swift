package import FoundationEssentials

/// Decides what somebody with the right to do so does to a workspace and its SAML configuration.
///
/// Setting what is set already is no refusal and writes nothing.
package struct WorkspaceAdministration: Hashable, Sendable {
    /// The workspace as it is.
    package let configured: ConfiguredWorkspace
    /// On whose word.
    package let actor: AuditActor
    /// The present.
    package let now: Date
    /// When a test sign-in of exactly the settings in force succeeded; `nil` where none did, or nobody looked.
    package let passedAt: Date?

    /// Puts the facts together.
    package init(configured: ConfiguredWorkspace, actor: AuditActor, now: Date, passedAt: Date? = nil) {
        self.configured = configured
        self.actor = actor
        self.now = now
        self.passedAt = passedAt
    }

    // MARK: - Workspace

    /// Changes settings.
    ///
    /// - Parameters:
    ///   - change: What is wanted.
    ///   - catalogue: The roles of the installation.
    ///   - basis: On what it rests that passphrases may go (behavior A5).
    /// - Returns: What is written.
    /// - Throws: All mistakes together.
    package func change(
        _ change: WorkspaceChange,
        catalogue: RoleCatalogue,
        enforcing basis: SingleSignOnEnforcement.Basis = .testedSignIn
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        var new = self.configured
        new.workspace = try change.applied(to: self.configured.workspace, catalogue: catalogue)
        var detail: [String: String] = [:]
        if let mistake = SingleSignOnEnforcement.mistake(from: self.configured, to: new, passedAt: self.passedAt) {
            guard basis == .operatorsWord else { throw ConfigurationMistakes(mistakes: [mistake]) }
            detail["operator_override"] = "true"
        }
        return self.outcome(new, action: .workspaceChanged, detail: detail)
    }

    /// Opens a workspace that was closed.
    package func enable() -> WorkspaceOutcome {
        var new = self.configured
        new.workspace.status = .enabled
        return self.outcome(new, action: .workspaceEnabled)
    }

    /// Closes a workspace: nobody signs in, and every session ends; people and configuration stay.
    package func disable() -> WorkspaceOutcome {
        var new = self.configured
        new.workspace.status = .disabled
        return self.outcome(new, action: .workspaceDisabled, sessionEffects: [.revoke(self.everySession)])
    }

    /// Deletes a workspace: sessions end, people, configuration and keys are removed, the audit log stays for its time
    /// and the Company ID is never given to another workspace (rulings 23).
    package func delete() -> WorkspaceOutcome {
        let event = self.event(.workspaceDeleted, ["company_id": self.configured.workspace.companyID.value])
        return WorkspaceOutcome(
            configured: self.configured,
            differences: [],
            sessionEffects: [.revoke(self.everySession)],
            events: [event]
        )
    }

    // MARK: - SAML

    /// Changes the SAML configuration, which may make the first one; it stays enabled or disabled as it was.
    package func configureSAML(
        _ change: SAMLConfigurationChange,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws(ConfigurationMistakes) -> WorkspaceOutcome {
        var new = self.configured
        new.identityProvider = try change.applied(
            to: self.configured.identityProvider,
            loopbackHTTP: loopbackHTTP
        )
        return self.outcome(new, action: .samlConfigured)
    }

    /// Switches SAML on, which wants a configuration and a claimed domain (behavior T5).
    package func enableSAML() throws(AdministrationRefusal) -> WorkspaceOutcome {
        guard var identityProvider = self.configured.identityProvider else { throw .samlNotConfigured }
        guard !self.configured.domains.isEmpty else { throw .domainNotClaimed }
        identityProvider.enabled = true
        var new = self.configured
        new.identityProvider = identityProvider
        return self.outcome(new, action: .samlEnabled)
    }

    /// Switches SAML off: the sessions that came from it end, the memberships stay (behavior T8).
    package func disableSAML() throws(AdministrationRefusal) -> WorkspaceOutcome {
        guard var identityProvider = self.configured.identityProvider else { throw .samlNotConfigured }
        identityProvider.enabled = false
        var new = self.configured
        new.identityProvider = identityProvider
        return self.outcome(new, action: .samlDisabled, sessionEffects: [.revoke(self.everySession)])
    }

    // MARK: - Domains

    /// Claims a domain.
    package func claimDomain(
        _ text: String,
        proof: ClaimedDomain.Proof
    ) throws(DomainClaimRule.Refusal) -> DomainClaimOutcome {
        let domain = try DomainClaimRule.check(text, claimed: self.configured.domains)
        return DomainClaimOutcome(
            claim: ClaimedDomain(domain: domain, proof: proof, claimedAt: self.now),
            events: [self.event(.domainClaimed, ["domain": domain.value, "proof": proof.rawValue])]
        )
    }

    // MARK: - Outcomes

    private var everySession: SessionInvalidation { .workspace(self.configured.workspace.id) }

    /// What a change comes to: nothing where it changes nothing.
    func outcome(
        _ new: ConfiguredWorkspace,
        action: AuditAction,
        sessionEffects: [SessionEffect] = [],
        detail: [String: String] = [:]
    ) -> WorkspaceOutcome {
        var differences = self.configured.workspace.differences(to: new.workspace)
        if let identityProvider = new.identityProvider {
            differences += IdentityProviderConfiguration.differences(
                from: self.configured.identityProvider,
                to: identityProvider
            )
        }
        guard new != self.configured else {
            return WorkspaceOutcome(configured: new, differences: [], sessionEffects: [], events: [])
        }
        var facts = SettingDifference.auditDetail(differences).merging(detail) { $1 }
        if self.configured.changesTrust(to: new) { facts[AuditEvent.trustKey] = "true" }
        return WorkspaceOutcome(
            configured: new,
            differences: differences,
            sessionEffects: sessionEffects,
            events: [self.event(action, facts)]
        )
    }

    private func event(_ action: AuditAction, _ detail: [String: String]) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.configured.workspace.id,
            actor: self.actor,
            action: action,
            detail: detail
        )
    }
}
