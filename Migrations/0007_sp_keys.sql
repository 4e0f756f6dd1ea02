-- migrate:up

-- Portico's own SAML keys: the installation's, not a workspace's. The private half is encrypted under SECRET_KEY and
-- bound to the rest of its identity; whoever reads the table gets certificates.
CREATE TABLE sp_keys (
    key_id uuid PRIMARY KEY,
    key_use text NOT NULL CHECK (key_use IN ('signing', 'encryption')),
    certificate bytea NOT NULL,
    certificate_end timestamptz NOT NULL,
    -- Nonce, ciphertext and tag of AES-256-GCM, and which secret key it was.
    sealed_key bytea NOT NULL CHECK (octet_length(sealed_key) > 28),
    secret_key_id text NOT NULL CHECK (secret_key_id ~ '^[0-9a-f]{16}$'),
    created_at timestamptz NOT NULL,
    active_from timestamptz NOT NULL,
    retires_at timestamptz
);

ALTER TABLE sp_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY installation ON sp_keys TO portico_service, portico_operator USING (true);
-- Listed for a month after its end; then nothing is left of it.
CREATE POLICY expired ON sp_keys TO portico_retention USING (retires_at < now() - interval '30 days');

-- The service makes the first keys and encrypts anew; only the operator retires.
GRANT SELECT, INSERT, UPDATE (sealed_key, secret_key_id) ON sp_keys TO portico_service;
GRANT SELECT, INSERT, UPDATE (sealed_key, secret_key_id, retires_at) ON sp_keys TO portico_operator;
GRANT SELECT (key_id, retires_at), DELETE ON sp_keys TO portico_retention;

-- How a workspace's requests are sent, and what its responses must be beyond the signature.
ALTER TABLE identity_providers
    ADD COLUMN sign_requests boolean NOT NULL DEFAULT false,
    ADD COLUMN request_binding text NOT NULL DEFAULT 'redirect' CHECK (request_binding IN ('redirect', 'post')),
    ADD COLUMN force_authn boolean NOT NULL DEFAULT false,
    ADD COLUMN require_encryption boolean NOT NULL DEFAULT false;

-- migrate:down
-- Migrations go forward only.
