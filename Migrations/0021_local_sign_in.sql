-- migrate:up

-- Who may sign in with a passphrase of Portico's own: the owner when single sign-on is broken, members who were given a
-- link, or nobody.
ALTER TABLE workspaces ADD COLUMN local_sign_in text NOT NULL DEFAULT 'owner'
    CHECK (local_sign_in IN ('owner', 'members', 'off'));

-- The passphrase of a member, as scrypt makes it, and the secret of the authenticator app, encrypted under SECRET_KEY.
CREATE TABLE local_credentials (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    salt bytea NOT NULL CHECK (octet_length(salt) >= 16),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    cost_rounds bigint NOT NULL CHECK (cost_rounds BETWEEN 2 AND 1048576),
    cost_block_size bigint NOT NULL CHECK (cost_block_size BETWEEN 1 AND 32),
    cost_parallelism bigint NOT NULL CHECK (cost_parallelism BETWEEN 1 AND 16),
    set_at timestamptz NOT NULL,
    sealed_code_secret bytea CHECK (octet_length(sealed_code_secret) > 28),
    code_secret_key_id text CHECK (code_secret_key_id ~ '^[0-9a-f]{16}$'),
    -- The time step of the newest code that was taken: each is good once.
    last_code_step bigint,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE,
    CHECK ((sealed_code_secret IS NULL) = (code_secret_key_id IS NULL)),
    CHECK ((sealed_code_secret IS NULL) = (last_code_step IS NULL))
);

ALTER TABLE local_credentials ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON local_credentials USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON local_credentials TO portico_service, portico_operator;

-- Reference table: whose passphrase a link sets, by the SHA-256 of its secret. Setting one deletes it.
CREATE TABLE passphrase_links (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

CREATE INDEX passphrase_links_member ON passphrase_links (workspace_id, user_id);
CREATE INDEX passphrase_links_expiry ON passphrase_links (expires_at);

-- Only the operator makes links.
GRANT SELECT, INSERT, DELETE ON passphrase_links TO portico_operator;
GRANT SELECT, DELETE ON passphrase_links TO portico_service;
GRANT SELECT (token_hash, expires_at), DELETE ON passphrase_links TO portico_retention;

-- How a session was opened. No identity provider knows one that a passphrase opened.
ALTER TABLE sessions
    ADD COLUMN method text NOT NULL DEFAULT 'saml' CHECK (method IN ('saml', 'passphrase')),
    -- When the person last proved who they are because they were asked to: dangerous steps want that to be recent.
    ADD COLUMN confirmed_at timestamptz,
    ALTER COLUMN idp_issuer DROP NOT NULL,
    ADD CHECK ((method = 'saml') = (idp_issuer IS NOT NULL));

-- Whether a sign-in was begun to confirm who the person is, so that the identity provider must ask anew.
ALTER TABLE authn_requests ADD COLUMN is_confirmation boolean NOT NULL DEFAULT false;

-- migrate:down
-- Migrations go forward only.
