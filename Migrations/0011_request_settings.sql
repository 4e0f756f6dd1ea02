-- migrate:up

-- What a workspace's requests ask for beside a sign-in, and the classes of authentication that every answer must prove.
ALTER TABLE identity_providers
    ADD COLUMN requested_authn_contexts text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(requested_authn_contexts) <= 8
            AND array_position(requested_authn_contexts, NULL) IS NULL),
    ADD COLUMN name_id_policy text NOT NULL DEFAULT 'any'
        CHECK (name_id_policy IN ('any', 'unspecified', 'email', 'persistent', 'transient', 'omitted')),
    ADD COLUMN send_login_hint boolean NOT NULL DEFAULT false;

-- Sign-ins that succeeded keep their checks as well; they have no code. Each kind has its own newest ones, so that
-- refusals, which anybody can cause, drop no success, and a busy workspace drops no refusal.
ALTER TABLE sign_in_attempts ALTER COLUMN code DROP NOT NULL;
CREATE INDEX sign_in_attempts_accepted ON sign_in_attempts (workspace_id, attempt_id) WHERE code IS NULL;
CREATE INDEX sign_in_attempts_refused ON sign_in_attempts (workspace_id, attempt_id) WHERE code IS NOT NULL;

-- migrate:down
-- Migrations go forward only.
