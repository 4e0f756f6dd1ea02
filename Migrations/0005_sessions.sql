-- migrate:up

-- A person signed in to one workspace. The token itself is nowhere: only its SHA-256 is kept.
CREATE TABLE sessions (
    workspace_id uuid NOT NULL,
    session_id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    user_id uuid NOT NULL,
    authenticated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    max_idle_seconds bigint NOT NULL CHECK (max_idle_seconds > 0),
    last_seen_at timestamptz NOT NULL,
    idp_issuer text NOT NULL,
    idp_session_index text,
    PRIMARY KEY (workspace_id, session_id),
    UNIQUE (workspace_id, token_hash),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

-- Reference table: which workspace a session token opens.
CREATE TABLE session_tokens (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    workspace_id uuid NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_user ON sessions (workspace_id, user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX session_tokens_expiry ON session_tokens (expires_at);

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON sessions USING (workspace_id = portico_workspace());
CREATE POLICY listing ON sessions FOR SELECT TO portico_operator USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO portico_service, portico_operator;
GRANT SELECT, INSERT, DELETE ON session_tokens TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
