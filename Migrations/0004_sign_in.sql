-- migrate:up

-- A sign-in that waits for the identity provider's response; deleted by the response that consumes it.
CREATE TABLE authn_requests (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    request_id text NOT NULL,
    intent text NOT NULL CHECK (intent IN ('sign_in', 'sign_up')),
    return_path text NOT NULL,
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    relay_state text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- The SHA-256 of the session token that the browser had when the sign-in began; the new session takes its place.
    replaces_session bytea CHECK (octet_length(replaces_session) = 32),
    PRIMARY KEY (workspace_id, request_id)
);

-- Reference table: which workspace a response is for, by the request that it answers.
CREATE TABLE authn_request_index (
    request_id text PRIMARY KEY,
    workspace_id uuid NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Reference table: the SHA-256 of issuer and identifier of every assertion that let somebody in. One key for the whole
-- installation, so an assertion serves one workspace, once.
CREATE TABLE replay_keys (
    replay_key bytea PRIMARY KEY CHECK (octet_length(replay_key) = 32),
    expires_at timestamptz NOT NULL
);

-- What exactly was wrong with a response: for administrators, found by the short id on the error page.
CREATE TABLE sign_in_attempts (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    attempt_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    request_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    code text NOT NULL,
    rule text,
    wanted text,
    got text,
    PRIMARY KEY (workspace_id, attempt_id)
);

CREATE INDEX sign_in_attempts_request ON sign_in_attempts (workspace_id, request_id);
CREATE INDEX sign_in_attempts_age ON sign_in_attempts (occurred_at);
CREATE INDEX authn_requests_expiry ON authn_requests (expires_at);
CREATE INDEX authn_request_index_expiry ON authn_request_index (expires_at);
CREATE INDEX replay_keys_expiry ON replay_keys (expires_at);

ALTER TABLE authn_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sign_in_attempts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON authn_requests USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON sign_in_attempts USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, DELETE ON authn_requests, authn_request_index, replay_keys TO portico_service, portico_operator;
GRANT SELECT, INSERT ON sign_in_attempts TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
