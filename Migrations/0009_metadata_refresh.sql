-- migrate:up

-- Where the identity provider's metadata is fetched from, and what becomes of it when it says something else than before.
ALTER TABLE identity_providers
    ADD COLUMN metadata_url text CHECK (metadata_url ~* '^https://'),
    ADD COLUMN metadata_refresh text CHECK (metadata_refresh IN ('pinned', 'automatic', 'off')),
    ADD CHECK ((metadata_url IS NULL) = (metadata_refresh IS NULL));

-- How the last refreshes went. It hangs on the workspace, because a configuration that is saved replaces its row.
CREATE TABLE metadata_refreshes (
    workspace_id uuid PRIMARY KEY REFERENCES workspaces,
    attempted_at timestamptz,
    refreshed_at timestamptz,
    valid_until timestamptz,
    failures bigint NOT NULL CHECK (failures >= 0),
    problem text,
    offered_sign_in_url text
);

-- The certificates of which metadata and configuration differ, in pinned mode, until an administrator has decided.
CREATE TABLE metadata_proposals (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    position bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('add', 'remove')),
    der bytea NOT NULL,
    sha256_fingerprint text NOT NULL,
    not_after timestamptz NOT NULL,
    proposed_at timestamptz NOT NULL,
    rejected_at timestamptz,
    PRIMARY KEY (workspace_id, position),
    UNIQUE (workspace_id, sha256_fingerprint)
);

-- Reference table: which workspace's metadata is fetched when. A node that takes one moves its time on, so that no other
-- takes it meanwhile, and that it is taken again if the node dies.
CREATE TABLE metadata_refresh_queue (
    workspace_id uuid PRIMARY KEY,
    due_at timestamptz NOT NULL
);

CREATE INDEX metadata_refresh_queue_due ON metadata_refresh_queue (due_at);

ALTER TABLE metadata_refreshes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE metadata_proposals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON metadata_refreshes USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON metadata_proposals USING (workspace_id = portico_workspace());
CREATE POLICY listing ON metadata_refreshes FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON metadata_proposals FOR SELECT TO portico_operator USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON metadata_refreshes, metadata_proposals, metadata_refresh_queue
    TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
