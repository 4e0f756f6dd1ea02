-- migrate:up

-- What the single sign-on settings of a workspace were, are, or may become: a row for each state that was saved, put in
-- force or tested.
CREATE TABLE single_sign_on_versions (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    number integer NOT NULL CHECK (number > 0),
    -- The digest of what stands on the form: what was tested and what is put in force are compared by it.
    digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    settings jsonb NOT NULL CHECK (jsonb_typeof(settings) = 'object' AND octet_length(settings::text) <= 1048576),
    actor_kind text NOT NULL CHECK (actor_kind IN ('member', 'operator', 'idp', 'system', 'setup')),
    actor_email text,
    saved_at timestamptz NOT NULL,
    is_draft boolean NOT NULL,
    in_force_at timestamptz,
    -- When a test sign-in of exactly these settings succeeded.
    passed_at timestamptz,
    PRIMARY KEY (workspace_id, number),
    CHECK (NOT is_draft OR in_force_at IS NULL)
);

CREATE UNIQUE INDEX single_sign_on_versions_draft ON single_sign_on_versions (workspace_id) WHERE is_draft;

-- A test sign-in, from its beginning in the settings to its result there. It is no stored request: what answers it signs
-- nobody in, and what answers a stored request is no test.
CREATE TABLE sign_in_tests (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    request_id text NOT NULL,
    version_number integer NOT NULL,
    -- Whose test it is: the session or the visit by a setup link that began it, by the SHA-256 of its secret.
    session_hash bytea CHECK (octet_length(session_hash) = 32),
    visit_hash bytea CHECK (octet_length(visit_hash) = 32),
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    relay_state text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    finished_at timestamptz,
    -- What came and what would have come of it, for the one who began the test; gone an hour after the request.
    result jsonb CHECK (jsonb_typeof(result) = 'object' AND octet_length(result::text) <= 1048576),
    PRIMARY KEY (workspace_id, request_id),
    CHECK ((session_hash IS NULL) <> (visit_hash IS NULL))
);

CREATE INDEX sign_in_tests_expiry ON sign_in_tests (expires_at);

ALTER TABLE single_sign_on_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sign_in_tests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON single_sign_on_versions USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON sign_in_tests USING (workspace_id = portico_workspace());
CREATE POLICY expired ON sign_in_tests TO portico_retention USING (expires_at < now() - interval '1 hour');

GRANT SELECT, INSERT, UPDATE, DELETE ON single_sign_on_versions, sign_in_tests TO portico_service, portico_operator;
GRANT SELECT (workspace_id, request_id, expires_at), DELETE ON sign_in_tests TO portico_retention;

-- migrate:down
-- Migrations go forward only.
