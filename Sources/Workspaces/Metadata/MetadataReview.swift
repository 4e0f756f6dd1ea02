package import FoundationEssentials

/// Decides what an administrator's yes or no to a proposal of the metadata comes to.
package struct MetadataReview: Hashable, Sendable {
    /// The workspace as it is.
    package let configured: ConfiguredWorkspace
    /// What is proposed.
    package let state: MetadataRefreshState
    /// On whose word.
    package let actor: AuditActor
    /// The present.
    package let now: Date

    /// Puts the facts together.
    package init(configured: ConfiguredWorkspace, state: MetadataRefreshState, actor: AuditActor, now: Date) {
        self.configured = configured
        self.state = state
        self.actor = actor
        self.now = now
    }

    /// Says yes.
    ///
    /// What is listed is pinned; what is not listed any more is pinned no longer. A no of before is taken back.
    ///
    /// - Parameters:
    ///   - fingerprints: Which certificates, by the whole fingerprint, with or without colons.
    ///   - loopbackHTTP: Whether a plain http sign-in URL on this machine is accepted.
    /// - Returns: What to write.
    /// - Throws: ``MetadataReviewRefusal``; `ConfigurationMistakes` when there would be more than eight certificates.
    package func approve(
        _ fingerprints: [String],
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws -> MetadataRefreshOutcome {
        let approved = try self.proposals(fingerprints)
        var certificates = self.configured.identityProvider?.certificates ?? []
        for proposal in approved where proposal.kind == .add { certificates.append(proposal.certificate) }
        certificates.removeAll { certificate in
            approved.contains { $0.kind == .remove && $0.certificate.der == certificate.der }
        }
        guard !certificates.isEmpty else { throw MetadataReviewRefusal.noCertificateLeft }
        let administration = WorkspaceAdministration(configured: self.configured, actor: self.actor, now: self.now)
        let outcome = try administration.configureSAML(
            SAMLConfigurationChange(certificates: certificates),
            loopbackHTTP: loopbackHTTP
        )
        var state = self.state
        state.proposals.removeAll(where: approved.contains)
        return MetadataRefreshOutcome(
            configuration: outcome,
            state: state,
            events: approved.map { self.event(.metadataChangeApproved, $0) }
        )
    }

    /// Says yes on the word of somebody in the settings, who must not lock everybody out with it.
    ///
    /// - Parameters:
    ///   - fingerprint: Which certificate, by the whole fingerprint, with or without colons.
    ///   - kind: What was proposed about it when the person looked.
    ///   - person: Who says it.
    ///   - loopbackHTTP: Whether a plain http sign-in URL on this machine is accepted.
    /// - Returns: What to write.
    /// - Throws: ``MetadataReviewRefusal``; `ConfigurationMistakes` when there would be more than eight certificates.
    package func approve(
        _ fingerprint: String,
        as kind: MetadataProposal.Kind,
        by person: SingleSignOnPromotion.Person,
        loopbackHTTP: SignInURLRule.LoopbackHTTP
    ) throws -> MetadataRefreshOutcome {
        try self.check(fingerprint, as: kind, by: person)
        let outcome = try self.approve([fingerprint], loopbackHTTP: loopbackHTTP)
        let losesSession = person.losesSession(
            from: self.configured.identityProvider?.certificates ?? [],
            to: outcome.configuration?.configured.identityProvider?.certificates ?? []
        )
        guard !losesSession else { throw MetadataReviewRefusal.endsOwnSession }
        return outcome
    }

    /// Says no on the word of somebody in the settings.
    ///
    /// - Throws: ``MetadataReviewRefusal``.
    package func reject(
        _ fingerprint: String,
        as kind: MetadataProposal.Kind,
        by person: SingleSignOnPromotion.Person
    ) throws(MetadataReviewRefusal) -> MetadataRefreshOutcome {
        try self.check(fingerprint, as: kind, by: person)
        return try self.reject([fingerprint])
    }

    /// A page may have been open for a long time: by now the metadata may say the opposite about the same certificate.
    private func check(
        _ fingerprint: String,
        as kind: MetadataProposal.Kind,
        by person: SingleSignOnPromotion.Person
    ) throws(MetadataReviewRefusal) {
        guard person.isFresh(at: self.now) else { throw .signInTooOld }
        guard try self.proposals([fingerprint]).allSatisfy({ $0.kind == kind }) else { throw .anotherThanSeen(kind) }
    }

    /// Says no: the configuration stays, and the proposal is told of no more while the metadata says the same.
    ///
    /// - Parameter fingerprints: Which certificates, by the whole fingerprint, with or without colons.
    /// - Returns: What to write.
    /// - Throws: ``MetadataReviewRefusal``.
    package func reject(_ fingerprints: [String]) throws(MetadataReviewRefusal) -> MetadataRefreshOutcome {
        let rejected = try self.proposals(fingerprints).filter(\.isWaiting)
        var state = self.state
        for index in state.proposals.indices where rejected.contains(state.proposals[index]) {
            state.proposals[index].rejectedAt = self.now
        }
        return MetadataRefreshOutcome(
            configuration: nil,
            state: state,
            events: rejected.map { self.event(.metadataChangeRejected, $0) }
        )
    }

    /// The proposals that are meant, each once.
    private func proposals(_ fingerprints: [String]) throws(MetadataReviewRefusal) -> [MetadataProposal] {
        var proposals: [MetadataProposal] = []
        for fingerprint in fingerprints {
            guard let proposal = self.state.proposals.first(where: { $0.isMeant(by: fingerprint) }) else {
                throw .notProposed(fingerprint)
            }
            if !proposals.contains(proposal) { proposals.append(proposal) }
        }
        return proposals
    }

    private func event(_ action: AuditAction, _ proposal: MetadataProposal) -> AuditEvent {
        AuditEvent(
            time: self.now,
            workspaceID: self.configured.workspace.id,
            actor: self.actor,
            action: action,
            detail: proposal.auditDetail
        )
    }
}
