-- migrate:up

-- Reference table: one identifier for each normalized e-mail address of the installation. It carries no authority, and
-- it keeps the SHA-256 of the address instead of the address, so that no workspace can read another one's people here.
CREATE TABLE users (
    email_sha256 bytea PRIMARY KEY CHECK (octet_length(email_sha256) = 32),
    user_id uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);

-- A person in a workspace. The address is the identity; names are this workspace's alone.
CREATE TABLE memberships (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    user_id uuid NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    state text NOT NULL CHECK (state IN ('INVITED', 'ACTIVE', 'NOT_ACTIVATED', 'DEACTIVATED')),
    deactivation_origin text CHECK (deactivation_origin IN ('idp_sync', 'admin', 'scim')),
    role text,
    role_source text NOT NULL,
    is_owner boolean NOT NULL DEFAULT false,
    invited_at timestamptz,
    last_assertion_issued_at timestamptz,
    authz_version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    UNIQUE (workspace_id, email),
    CHECK ((state = 'DEACTIVATED') = (deactivation_origin IS NOT NULL)),
    CHECK (state <> 'ACTIVE' OR role IS NOT NULL)
);

CREATE UNIQUE INDEX memberships_one_owner ON memberships (workspace_id) WHERE is_owner;
-- Seats are counted at every transition into ACTIVE.
CREATE INDEX memberships_active ON memberships (workspace_id, role) WHERE state = 'ACTIVE';

-- By which name an identity provider knows a member. The address decides who it is; this is kept for single logout and
-- for the audit log.
CREATE TABLE identity_links (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    idp_issuer text NOT NULL,
    name_id text,
    linked_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id, idp_issuer),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

CREATE INDEX identity_links_name_id ON identity_links (workspace_id, idp_issuer, name_id);

ALTER TABLE memberships ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON memberships USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON identity_links USING (workspace_id = portico_workspace());
CREATE POLICY listing ON memberships FOR SELECT TO portico_operator USING (true);

GRANT SELECT, INSERT ON users TO portico_service, portico_operator;
GRANT SELECT, INSERT, UPDATE, DELETE ON memberships, identity_links TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
