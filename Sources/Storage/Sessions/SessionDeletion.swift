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
        self.statement(
            where: "s.method = 'saml' AND coalesce(s.idp_certificate_sha256, '') <> ALL (\(fingerprints))"
        )
    }

    /// Deletes the sessions of the present workspace that a passphrase opened and that its mode does not allow any more.
    static func statement(notAllowedBy mode: LocalSignInMode) -> SQL {
        switch mode {
        case .members:
            self.statement(where: "false")
        case .owner:
            self.statement(
                where: """
                    s.method = 'passphrase' AND NOT EXISTS (SELECT 1 FROM memberships m
                        WHERE m.workspace_id = s.workspace_id AND m.user_id = s.user_id AND m.is_owner)
                    """
            )
        case .off:
            self.statement(where: "s.method = 'passphrase'")
        }
    }

    /// Deletes the sessions that the passphrase of a member of the present workspace opened, but for one.
    static func statement(openedByPassphraseOf userID: UserID, keeping session: SessionID?) -> SQL {
        self.statement(
            where: """
                s.method = 'passphrase' AND s.user_id = \(userID.uuid) AND s.session_id IS DISTINCT FROM \(session?.uuid)
                """
        )
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
