import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about claims by DNS of the present workspace.
enum DomainClaimStatements {
    /// Reads every claim.
    static let select: SQL = """
        SELECT domain, token, state, requested_at, checked_at, seen_at, missing_since, problem FROM domain_claims
        WHERE workspace_id = portico_workspace() ORDER BY domain
        """

    /// Writes a claim in place of the one before.
    static func save(_ claim: DomainClaim) -> SQL {
        """
        INSERT INTO domain_claims (workspace_id, domain, token, state, requested_at, checked_at, seen_at, missing_since,
            problem)
        VALUES (portico_workspace(), \(claim.domain.value), \(claim.token.text), \(claim.state.rawValue),
            \(claim.requestedAt), \(claim.checkedAt), \(claim.seenAt), \(claim.missingSince), \(claim.problem))
        ON CONFLICT (workspace_id, domain) DO UPDATE SET token = excluded.token, state = excluded.state,
            requested_at = excluded.requested_at, checked_at = excluded.checked_at, seen_at = excluded.seen_at,
            missing_since = excluded.missing_since, problem = excluded.problem
        """
    }

    /// Does to the domain what a look at its record came to.
    static func apply(_ effect: DomainCheckOutcome.Effect, to domain: EmailDomain, now: Date) -> [SQL] {
        switch effect {
        case .nothing:
            []
        case .claim:
            [Self.claim(ClaimedDomain(domain: domain, proof: .dns, claimedAt: now))]
        case .lapse:
            [
                """
                UPDATE domains SET lapsed_at = \(now)
                WHERE workspace_id = portico_workspace() AND domain = \(domain.value) AND proof = 'dns'
                """
            ]
        }
    }

    /// Claims a domain, again if the claim had lapsed.
    static func claim(_ claim: ClaimedDomain) -> SQL {
        """
        INSERT INTO domains (workspace_id, domain, proof, claimed_at)
        VALUES (portico_workspace(), \(claim.domain.value), \(claim.proof.rawValue), \(claim.claimedAt))
        ON CONFLICT (workspace_id, domain) DO UPDATE SET proof = excluded.proof, claimed_at = excluded.claimed_at,
            lapsed_at = NULL
        """
    }

    /// Gives a domain up.
    static func remove(_ domain: EmailDomain) -> [SQL] {
        [
            "DELETE FROM domains WHERE workspace_id = portico_workspace() AND domain = \(domain.value)",
            Self.forgetClaim(of: domain),
        ]
    }

    /// Forgets what was to be published for a domain.
    static func forgetClaim(of domain: EmailDomain) -> SQL {
        "DELETE FROM domain_claims WHERE workspace_id = portico_workspace() AND domain = \(domain.value)"
    }

    /// Removes everything of a workspace that is deleted.
    static var forget: [SQL] {
        ["DELETE FROM domain_claims WHERE workspace_id = portico_workspace()", Self.leaveQueue]
    }

    /// Looks for the records at this time, or earlier if that was said before.
    static func enqueue(at time: Date) -> SQL {
        """
        INSERT INTO domain_check_queue (workspace_id, due_at) VALUES (portico_workspace(), \(time))
        ON CONFLICT (workspace_id) DO UPDATE SET due_at = least(domain_check_queue.due_at, excluded.due_at)
        """
    }

    /// Looks for no record any more.
    static let leaveQueue: SQL = "DELETE FROM domain_check_queue WHERE workspace_id = portico_workspace()"
}
