package import FoundationEssentials

/// Decides what a look at a domain's record means for the claim (behavior D1, D5).
///
///     In progress ── record seen ──────────────► Claimed ── away for 7 days ──► Failed
///          │                                        ▲                             │
///          └── 24 h over, and servers say no ──►  Failed      record seen again ──┘
///
/// A claim of which the record was never seen is over with its 24 hours: its token may have wandered, so that the next try
/// has another one. Silence of the servers is no answer and changes no state; only a claim that nobody has answered for a
/// week is over too, since it would be asked about for ever.
package enum DomainCheck {
    /// Decides.
    ///
    /// - Parameters:
    ///   - claim: The claim as it is.
    ///   - finding: What the name servers said.
    ///   - workspaceID: The workspace.
    ///   - actor: On whose word the record was looked for.
    ///   - now: The present.
    /// - Returns: The claim afterwards, and what is written with it.
    package static func decide(
        _ claim: DomainClaim,
        finding: DomainFinding,
        workspaceID: WorkspaceID,
        actor: AuditActor,
        now: Date
    ) -> DomainCheckOutcome {
        let event = { (action: AuditAction) in
            AuditEvent(
                time: now,
                workspaceID: workspaceID,
                actor: actor,
                action: action,
                detail: ["domain": claim.domain.value, "proof": ClaimedDomain.Proof.dns.rawValue]
            )
        }
        var new = claim
        let texts: [String]
        switch finding {
        case .silent(let reason):
            new.problem = reason
            guard claim.state == .inProgress, now >= claim.requestedAt.advanced(by: DomainClaim.timeToReturn) else {
                return DomainCheckOutcome(claim: new, effect: .nothing, events: [])
            }
            new.state = .failed
            return DomainCheckOutcome(claim: new, effect: .nothing, events: [event(.domainClaimFailed)])
        case .answered(let found):
            texts = found
        }
        new.checkedAt = now
        guard claim.isOpen else { return DomainCheckOutcome(claim: new, effect: .nothing, events: []) }
        guard !texts.contains(where: { $0.utf8.elementsEqual(claim.recordText.utf8) }) else {
            new.state = .claimed
            new.seenAt = now
            new.missingSince = nil
            new.problem = nil
            return DomainCheckOutcome(
                claim: new,
                effect: claim.state == .claimed ? .nothing : .claim,
                events: claim.state == .claimed ? [] : [event(.domainClaimed)]
            )
        }
        new.problem = Self.problem(texts, of: claim)
        switch claim.state {
        case .failed:
            return DomainCheckOutcome(claim: new, effect: .nothing, events: [])
        case .inProgress:
            guard now >= claim.expiresAt else { return DomainCheckOutcome(claim: new, effect: .nothing, events: []) }
            new.state = .failed
            return DomainCheckOutcome(claim: new, effect: .nothing, events: [event(.domainClaimFailed)])
        case .claimed:
            let since = claim.missingSince ?? now
            new.missingSince = since
            guard now >= since.advanced(by: DomainClaim.timeToReturn) else {
                return DomainCheckOutcome(claim: new, effect: .nothing, events: [])
            }
            new.state = .failed
            return DomainCheckOutcome(claim: new, effect: .lapse, events: [event(.domainLapsed)])
        }
    }

    private static func problem(_ texts: [String], of claim: DomainClaim) -> String {
        guard !texts.isEmpty else { return "\(claim.recordName) has no TXT record" }
        let records = texts.count == 1 ? "a TXT record" : "\(texts.count) TXT records"
        return "\(claim.recordName) has \(records) with another text"
    }
}
