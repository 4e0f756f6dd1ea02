-- migrate:up

-- Reference table: which workspace a setup link opens, by the SHA-256 of its secret. Redeeming it deletes it.
CREATE TABLE setup_links (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    workspace_id uuid NOT NULL REFERENCES workspaces,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Reference table: which workspace's settings the visit opens that a link was redeemed for, by the SHA-256 of the secret
-- in the visitor's cookie. It is no session: whoever visits is nobody to the application.
CREATE TABLE setup_visits (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    workspace_id uuid NOT NULL REFERENCES workspaces,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX setup_links_workspace ON setup_links (workspace_id);
CREATE INDEX setup_links_expiry ON setup_links (expires_at);
CREATE INDEX setup_visits_workspace ON setup_visits (workspace_id);
CREATE INDEX setup_visits_expiry ON setup_visits (expires_at);

-- Only the operator makes links.
GRANT SELECT, INSERT, DELETE ON setup_links TO portico_operator;
GRANT SELECT, DELETE ON setup_links TO portico_service;
GRANT SELECT, DELETE ON setup_visits TO portico_operator;
GRANT SELECT, INSERT, DELETE ON setup_visits TO portico_service;
GRANT SELECT (token_hash, expires_at), DELETE ON setup_links, setup_visits TO portico_retention;

-- Whoever visits by a setup link acts on the link's word.
ALTER TABLE audit_events DROP CONSTRAINT audit_events_actor_kind_check;
ALTER TABLE audit_events ADD CONSTRAINT audit_events_actor_kind_check
    CHECK (actor_kind IN ('member', 'operator', 'idp', 'system', 'setup'));

-- migrate:down
-- Migrations go forward only.
