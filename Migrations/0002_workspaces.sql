-- migrate:up

-- A tenant. The row outlives the workspace as a tombstone, so that its identifier and Company ID are never given away
-- again and its audit log can still be read.
CREATE TABLE workspaces (
    workspace_id uuid PRIMARY KEY,
    company_id text NOT NULL,
    name text NOT NULL,
    status text NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
    sp_issuer text NOT NULL,
    acs_style text NOT NULL DEFAULT 'shared' CHECK (acs_style IN ('shared', 'own')),
    roles_mode text NOT NULL DEFAULT 'auto' CHECK (roles_mode IN ('auto', 'required', 'off')),
    roles_first_seen_at timestamptz,
    default_role text NOT NULL,
    self_registration boolean NOT NULL DEFAULT true,
    allow_guests boolean NOT NULL DEFAULT false,
    last_admin_policy text NOT NULL DEFAULT 'demote' CHECK (last_admin_policy IN ('demote', 'keep')),
    seats bigint CHECK (seats >= 0),
    session_max_age_seconds bigint CHECK (session_max_age_seconds > 0),
    session_max_idle_seconds bigint CHECK (session_max_idle_seconds > 0),
    created_at timestamptz NOT NULL,
    deleted_at timestamptz
);

-- Reference table, found before a workspace is known: the Company ID in lower case. Rows are never deleted.
CREATE TABLE company_ids (
    folded text PRIMARY KEY CHECK (folded ~ '^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$'),
    workspace_id uuid NOT NULL
);

-- The identity provider of a workspace: one at most.
CREATE TABLE identity_providers (
    workspace_id uuid PRIMARY KEY REFERENCES workspaces,
    enabled boolean NOT NULL,
    sign_in_url text NOT NULL,
    issuer text NOT NULL,
    email_attribute text NOT NULL,
    display_name_attribute text NOT NULL,
    first_name_attribute text NOT NULL,
    last_name_attribute text NOT NULL,
    groups_attribute text NOT NULL,
    roles_attribute text NOT NULL,
    signature_policy text NOT NULL CHECK (signature_policy IN ('either', 'assertion', 'response', 'both')),
    updated_at timestamptz NOT NULL
);

-- The certificates whose keys are trusted, in the order in which they were given.
CREATE TABLE identity_provider_certificates (
    workspace_id uuid NOT NULL REFERENCES identity_providers ON DELETE CASCADE,
    position bigint NOT NULL,
    der bytea NOT NULL,
    sha256_fingerprint text NOT NULL,
    not_after timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, position),
    UNIQUE (workspace_id, sha256_fingerprint)
);

-- The domains that a workspace has claimed. Several workspaces may claim one.
CREATE TABLE domains (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    domain text NOT NULL,
    proof text NOT NULL CHECK (proof IN ('dns', 'operator_override')),
    claimed_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, domain)
);

-- FORCE subjects even the owner of the tables to the policies; only a superuser and BYPASSRLS go round them.
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_providers ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_provider_certificates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE domains ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON workspaces USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON identity_providers USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON identity_provider_certificates USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON domains USING (workspace_id = portico_workspace());

-- The operator's listings cross workspaces; the operator's changes do not.
CREATE POLICY listing ON workspaces FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON identity_providers FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON identity_provider_certificates FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON domains FOR SELECT TO portico_operator USING (true);

GRANT SELECT, UPDATE ON workspaces TO portico_service, portico_operator;
GRANT INSERT ON workspaces TO portico_operator;
GRANT SELECT ON company_ids TO portico_service, portico_operator;
GRANT INSERT ON company_ids TO portico_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON identity_providers, identity_provider_certificates, domains
    TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
