-- migrate:up

-- Every check of a refused sign-in, in its order, without anything about the person: the service writes no longer text
-- than a quarter of this.
ALTER TABLE sign_in_attempts
    ADD COLUMN checks jsonb NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(checks) = 'array' AND octet_length(checks::text) <= 65536);

-- Anybody can begin a sign-in and have it refused, so that each refusal drops what is more than the newest of a
-- workspace; what is dropped stays in the audit log.
GRANT DELETE ON sign_in_attempts TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
