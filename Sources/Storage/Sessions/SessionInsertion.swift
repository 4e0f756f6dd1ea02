import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

/// The statements that open a session: the session itself, and where its token leads.
struct SessionInsertion {
    let session: Session
    /// What the identity provider said of the person; nil where a passphrase let them in.
    var assertion: ValidatedAssertion?

    /// The statements, inside the session's workspace.
    var statements: [SQL] { [self.insertSession, self.insertToken] }

    private var insertSession: SQL {
        """
        INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, method, confirmed_at,
            expires_at, max_idle_seconds, last_seen_at, idp_issuer, idp_session_index, idp_name_id, idp_name_id_format,
            idp_name_id_qualifier, idp_name_id_sp_qualifier, idp_certificate_sha256)
        VALUES (portico_workspace(), \(self.session.id.uuid), \(self.session.tokenHash.bytes),
            \(self.session.userID.uuid), \(self.session.authenticatedAt), \(self.session.method.rawValue),
            \(self.session.confirmedAt), \(self.session.expiresAt), \(self.session.maxIdle.wholeSeconds),
            \(self.session.lastSeenAt), \(self.assertion?.issuer.value), \(self.assertion?.sessionIndex?.storable),
            \(self.assertion?.nameID?.value.storable), \(self.assertion?.nameID?.format?.storable),
            \(self.assertion?.nameID?.nameQualifier?.storable), \(self.assertion?.nameID?.spNameQualifier?.storable),
            \(self.assertion?.certificateFingerprint))
        """
    }

    private var insertToken: SQL {
        """
        INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
        VALUES (\(self.session.tokenHash.bytes), portico_workspace(), \(self.session.expiresAt))
        """
    }
}
