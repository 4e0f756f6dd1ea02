import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about the refreshes of the present workspace's metadata.
enum MetadataRefreshStatements {
    /// Reads the state and the proposals, in this order.
    static let select: [SQL] = [
        """
        SELECT q.due_at, r.attempted_at, r.refreshed_at, r.valid_until, coalesce(r.failures, 0) AS failures, r.problem,
            r.offered_sign_in_url
        FROM workspaces w LEFT JOIN metadata_refreshes r USING (workspace_id)
            LEFT JOIN metadata_refresh_queue q USING (workspace_id)
        WHERE workspace_id = portico_workspace()
        """,
        """
        SELECT kind, der, sha256_fingerprint, not_after, proposed_at, rejected_at FROM metadata_proposals
        WHERE workspace_id = portico_workspace() ORDER BY position
        """,
    ]

    /// Takes the workspace out of the queue.
    static let leaveQueue: SQL = "DELETE FROM metadata_refresh_queue WHERE workspace_id = portico_workspace()"

    /// Forgets everything about refreshes.
    static let forget: [SQL] = [
        Self.leaveQueue,
        "DELETE FROM metadata_refreshes WHERE workspace_id = portico_workspace()",
        "DELETE FROM metadata_proposals WHERE workspace_id = portico_workspace()",
    ]

    /// Writes a state.
    static func replace(_ old: MetadataRefreshState, with new: MetadataRefreshState) -> [SQL] {
        var statements: [SQL] = [
            """
            INSERT INTO metadata_refreshes (workspace_id, attempted_at, refreshed_at, valid_until, failures, problem,
                offered_sign_in_url)
            VALUES (portico_workspace(), \(new.attemptedAt), \(new.refreshedAt), \(new.validUntil), \(new.failures),
                \(new.problem?.storable), \(new.offeredSignInURL?.storable))
            ON CONFLICT (workspace_id) DO UPDATE SET attempted_at = excluded.attempted_at,
                refreshed_at = excluded.refreshed_at, valid_until = excluded.valid_until,
                failures = excluded.failures, problem = excluded.problem,
                offered_sign_in_url = excluded.offered_sign_in_url
            """,
            "DELETE FROM metadata_proposals WHERE workspace_id = portico_workspace()",
        ]
        // One row a statement: an array of times cannot hold an absent one.
        for (position, proposal) in new.proposals.enumerated() {
            statements.append(
                """
                INSERT INTO metadata_proposals (workspace_id, position, kind, der, sha256_fingerprint, not_after,
                    proposed_at, rejected_at)
                VALUES (portico_workspace(), \(position), \(proposal.kind.rawValue), \(proposal.certificate.der),
                    \(proposal.certificate.sha256Fingerprint), \(proposal.certificate.notAfter), \(proposal.proposedAt),
                    \(proposal.rejectedAt))
                """
            )
        }
        if new.dueAt != old.dueAt {
            statements.append(new.dueAt.map(Self.enqueue) ?? Self.leaveQueue)
        }
        return statements
    }

    /// What a change of the configuration means for refreshes.
    ///
    /// A new source, or a new mode, is looked at soon; proposals that the change has fulfilled are gone.
    static func follow(from old: MetadataSource?, to new: MetadataSource?, now: Date) -> [SQL] {
        var statements: [SQL] = []
        if old?.url != new?.url {
            statements += Self.forget
        }
        if let new, new != old {
            statements.append(new.mode == .off ? Self.leaveQueue : Self.enqueue(at: now))
        }
        return statements + [
            """
            DELETE FROM metadata_proposals m
            WHERE m.workspace_id = portico_workspace() AND (m.kind = 'add') = EXISTS (
                SELECT FROM identity_provider_certificates c
                WHERE c.workspace_id = m.workspace_id AND c.sha256_fingerprint = m.sha256_fingerprint)
            """
        ]
    }

    private static func enqueue(at time: Date) -> SQL {
        """
        INSERT INTO metadata_refresh_queue (workspace_id, due_at) VALUES (portico_workspace(), \(time))
        ON CONFLICT (workspace_id) DO UPDATE SET due_at = excluded.due_at
        """
    }
}
