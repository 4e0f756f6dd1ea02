-- migrate:up

-- The audit log of a workspace. Nobody may change a line; only retention deletes old ones.
CREATE TABLE audit_events (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('member', 'operator', 'idp', 'system')),
    actor_email text,
    action text NOT NULL,
    email text,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
    code text,
    detail jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (workspace_id, event_id)
);

-- What concerns no workspace, or none that exists: for the operator.
CREATE TABLE operator_audit_events (
    event_id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('member', 'operator', 'idp', 'system')),
    actor_email text,
    action text NOT NULL,
    email text,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
    code text,
    detail jsonb NOT NULL DEFAULT '{}'
);

CREATE INDEX audit_events_time ON audit_events (workspace_id, occurred_at);
CREATE INDEX audit_events_age ON audit_events (occurred_at);
CREATE INDEX operator_audit_events_age ON operator_audit_events (occurred_at);

ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON audit_events USING (workspace_id = portico_workspace());
CREATE POLICY listing ON audit_events FOR SELECT TO portico_operator USING (true);

GRANT SELECT, INSERT ON audit_events TO portico_service, portico_operator;
GRANT INSERT ON operator_audit_events TO portico_service, portico_operator;
GRANT SELECT ON operator_audit_events TO portico_operator;

-- Retention deletes in every workspace at once, so its role sees across workspaces: but only what has expired, and of
-- that only the columns it needs to find it. For logs the caller names the age, of which a day is the least.
CREATE FUNCTION portico_retention_cutoff(setting text) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN least(nullif(current_setting(setting, true), '')::timestamptz, now() - interval '1 day');

CREATE POLICY expired ON authn_requests TO portico_retention USING (expires_at < now());
CREATE POLICY expired ON sessions TO portico_retention USING (expires_at < now());
CREATE POLICY expired ON sign_in_attempts TO portico_retention
    USING (occurred_at < portico_retention_cutoff('portico.attempt_cutoff'));
CREATE POLICY expired ON audit_events TO portico_retention
    USING (occurred_at < portico_retention_cutoff('portico.audit_cutoff'));

GRANT SELECT (workspace_id, request_id, expires_at), DELETE ON authn_requests TO portico_retention;
GRANT SELECT (workspace_id, session_id, expires_at), DELETE ON sessions TO portico_retention;
GRANT SELECT (workspace_id, attempt_id, occurred_at), DELETE ON sign_in_attempts TO portico_retention;
GRANT SELECT (workspace_id, event_id, occurred_at), DELETE ON audit_events TO portico_retention;
GRANT SELECT (request_id, expires_at), DELETE ON authn_request_index TO portico_retention;
GRANT SELECT (token_hash, expires_at), DELETE ON session_tokens TO portico_retention;
GRANT SELECT (replay_key, expires_at), DELETE ON replay_keys TO portico_retention;
GRANT SELECT (event_id, occurred_at), DELETE ON operator_audit_events TO portico_retention;

-- migrate:down
-- Migrations go forward only.
