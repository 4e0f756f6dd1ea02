package import FoundationEssentials
package import SAML

// What a fetch comes to:
//
//     the metadata ─┬─ automatic ─▶ the listed certificates, and the sign-in URL, become the configuration
//                   └─ pinned ────▶ what differs is proposed; an administrator decides, see `MetadataReview`
//     no metadata ────────────────▶ everything stays, the failure is told, the next attempt is later
//
// Whatever happens, keys that are pinned go on counting until somebody, or metadata in automatic mode, takes them away.

/// Decides what metadata that was fetched anew changes in a workspace.
package struct MetadataRefresh: Hashable, Sendable {
    /// The workspace as it is.
    package let configured: ConfiguredWorkspace
    /// How the refreshes before went.
    package let state: MetadataRefreshState
    /// On whose word it was fetched.
    package let actor: AuditActor
    /// The present.
    package let now: Date

    private let schedule: MetadataRefreshSchedule

    /// Puts the facts together.
    ///
    /// - Parameters:
    ///   - configured: The workspace as it is.
    ///   - state: How the refreshes before went.
    ///   - actor: On whose word it was fetched.
    ///   - now: The present.
    ///   - jitter: A random number from 0 to 1, for the time of the next fetch.
    package init(
        configured: ConfiguredWorkspace,
        state: MetadataRefreshState,
        actor: AuditActor,
        now: Date,
        jitter: Double
    ) {
        self.configured = configured
        self.state = state
        self.actor = actor
        self.now = now
        self.schedule = MetadataRefreshSchedule(jitter: jitter)
    }

    /// Takes what was fetched.
    ///
    /// - Parameters:
    ///   - metadata: What was read of the entity that is the workspace's issuer.
    ///   - certificates: Its certificates, as `XMLSecurity` read them.
    ///   - url: Where it was fetched from.
    ///   - loopbackHTTP: Whether a plain http sign-in URL on this machine is accepted.
    /// - Returns: What to write; `nil` when the workspace has another source or issuer by now.
    package func succeeded(
        _ metadata: IdPMetadata,
        certificates: [PinnedCertificate],
        from url: String,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) -> MetadataRefreshOutcome? {
        guard let (current, source) = self.refreshed(from: url), current.issuer == metadata.entityID else { return nil }
        var state = self.state
        state.attemptedAt = self.now
        state.refreshedAt = self.now
        state.validUntil = metadata.validUntil
        state.failures = 0
        state.problem = nil
        state.dueAt = self.due(source) {
            $0.next(after: self.now, cacheDuration: metadata.cacheDuration, validUntil: metadata.validUntil)
        }
        var events = self.state.failures > 0 ? [self.event(.metadataRefreshed, [:])] : []
        do throws(ConfigurationMistakes) {
            // What counts already keeps its place; the order of the document says nothing.
            // The logout URLs stay as an administrator set them: a refresh takes certificates and the sign-in URL.
            var change = SAMLConfigurationChange(sloURL: current.singleLogout?.url ?? "")
            let kept = current.certificates.filter { certificates.contains($0.der) }
            let new = certificates.filter { !current.certificates.contains($0.der) }
            try change.take(metadata, certificates: kept + new, from: .url(source.url), over: current)
            guard source.mode == .automatic else {
                events += self.propose(change, to: current, in: &state)
                return MetadataRefreshOutcome(configuration: nil, state: state, events: events)
            }
            state.proposals = []
            state.offeredSignInURL = nil
            let outcome = try self.administration.configureSAML(change, loopbackHTTP: loopbackHTTP)
            return MetadataRefreshOutcome(configuration: outcome, state: state, events: events)
        } catch {
            return self.failed(error.mistakes.map(\.description).joined(separator: " "), from: url)
        }
    }

    /// Takes that nothing could be fetched, or nothing that can be used: everything stays as it is.
    ///
    /// - Parameters:
    ///   - problem: Why, in words for people.
    ///   - url: Where it should have been fetched from.
    /// - Returns: What to write; `nil` when the workspace has another source by now.
    package func failed(_ problem: String, from url: String) -> MetadataRefreshOutcome? {
        guard let (_, source) = self.refreshed(from: url) else { return nil }
        var state = self.state
        state.attemptedAt = self.now
        state.failures += 1
        state.problem = problem
        state.dueAt = self.due(source) { $0.retry(after: self.now, failures: state.failures) }
        let event = self.event(.metadataRefreshFailed, ["problem": problem, "failures": "\(state.failures)"])
        return MetadataRefreshOutcome(configuration: nil, state: state, events: [event])
    }

    // MARK: - Private

    private var administration: WorkspaceAdministration {
        WorkspaceAdministration(configured: self.configured, actor: self.actor, now: self.now)
    }

    private func refreshed(from url: String) -> (IdentityProviderConfiguration, MetadataSource)? {
        guard let current = self.configured.identityProvider, let source = current.metadataSource, source.url == url
        else { return nil }
        return (current, source)
    }

    private func due(_ source: MetadataSource, at time: (MetadataRefreshSchedule) -> Date) -> Date? {
        source.mode == .off ? nil : time(self.schedule)
    }

    /// Proposes what differs, and tells what is new about that.
    private func propose(
        _ change: SAMLConfigurationChange,
        to current: IdentityProviderConfiguration,
        in state: inout MetadataRefreshState
    ) -> [AuditEvent] {
        let listed = change.certificates ?? []
        let differing =
            listed.filter { !current.certificates.contains($0.der) }.map { ($0, MetadataProposal.Kind.add) }
            + current.certificates.filter { !listed.contains($0.der) }.map { ($0, MetadataProposal.Kind.remove) }
        let known = self.state.proposals
        state.proposals = differing.map { certificate, kind in
            known.first { $0.certificate.der == certificate.der && $0.kind == kind }
                ?? MetadataProposal(certificate: certificate, kind: kind, proposedAt: self.now)
        }
        state.offeredSignInURL = change.signInURL == current.signInURL ? nil : change.signInURL

        let proposed = state.proposals.filter { !known.contains($0) }
        let withdrawn = known.filter { !state.proposals.contains($0) }
        var events = proposed.map { self.event(.metadataChangeProposed, $0.auditDetail) }
        events += withdrawn.map { self.event(.metadataChangeWithdrawn, $0.auditDetail) }
        if let offered = state.offeredSignInURL, offered != self.state.offeredSignInURL {
            let detail = ["sign_in_url": offered, "old_sign_in_url": current.signInURL]
            events.append(self.event(.metadataChangeProposed, detail))
        }
        return events
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

extension [PinnedCertificate] {
    /// Whether one of the certificates has these bytes.
    fileprivate func contains(_ der: [UInt8]) -> Bool {
        self.contains { $0.der == der }
    }
}
