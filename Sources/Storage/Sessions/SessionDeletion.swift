import PostgreSQL
import Workspaces

/// Deletes sessions together with the references to them, and tells every node.
enum SessionDeletion {
    /// Deletes the sessions that an invalidation names; the number of affected rows is theirs.
    static func statement(for invalidation: SessionInvalidation) -> SQL {
        switch invalidation {
        case .session(let id): self.statement(where: "s.session_id = \(id.uuid)")
        case .member(_, let userID): self.statement(where: "s.user_id = \(userID.uuid)")
        case .workspace: self.statement(where: "true")
        }
    }

    /// Deletes the sessions of the present workspace that were opened under a certificate which is not among these: a key
    /// that is taken away may have been stolen (saml-security B10).
    static func statement(keepingSessionsOf fingerprints: [String]) -> SQL {
        self.statement(where: "coalesce(s.idp_certificate_sha256, '') <> ALL (\(fingerprints))")
    }

    /// Deletes every session of the present workspace but one.
    static func statement(keeping session: SessionID) -> SQL {
        self.statement(where: "s.session_id <> \(session.uuid)")
    }

    private static func statement(where condition: SQL) -> SQL {
        """
        WITH ended AS (
            DELETE FROM sessions s WHERE s.workspace_id = portico_workspace() AND (\(fragment: condition))
            RETURNING s.token_hash
        )
        DELETE FROM session_tokens t USING ended WHERE t.token_hash = ended.token_hash
        """
    }

    /// Tells every node, at the commit of the transaction.
    static func notify(_ invalidation: SessionInvalidation) -> SQL {
        "SELECT pg_notify(\(SessionInvalidation.channel), \(invalidation.payload))"
    }
}
