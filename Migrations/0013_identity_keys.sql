-- migrate:up

-- The keys that sign identity tokens: the installation's, not a workspace's. The private number is encrypted under
-- SECRET_KEY; the public half is computed from it, so that whoever can write here alone publishes no key of their own.
CREATE TABLE identity_keys (
    -- The thumbprint (RFC 7638).
    key_id text PRIMARY KEY CHECK (key_id ~ '^[A-Za-z0-9_-]{43}$'),
    -- Nonce, ciphertext and tag of AES-256-GCM, and which secret key it was.
    sealed_key bytea NOT NULL CHECK (octet_length(sealed_key) > 28),
    secret_key_id text NOT NULL CHECK (secret_key_id ~ '^[0-9a-f]{16}$'),
    created_at timestamptz NOT NULL,
    active_from timestamptz NOT NULL,
    signs_until timestamptz,
    retires_at timestamptz,
    CHECK ((signs_until IS NULL) = (retires_at IS NULL))
);

ALTER TABLE identity_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY installation ON identity_keys TO portico_service, portico_operator USING (true);
-- Listed for a month after its end; then nothing is left of it.
CREATE POLICY expired ON identity_keys TO portico_retention USING (retires_at < now() - interval '30 days');

-- The service makes the first key and encrypts anew; only the operator rotates.
GRANT SELECT, INSERT, UPDATE (sealed_key, secret_key_id) ON identity_keys TO portico_service;
GRANT SELECT, INSERT, UPDATE (sealed_key, secret_key_id, signs_until, retires_at) ON identity_keys TO portico_operator;
GRANT SELECT (key_id, retires_at), DELETE ON identity_keys TO portico_retention;

-- migrate:down
-- Migrations go forward only.
