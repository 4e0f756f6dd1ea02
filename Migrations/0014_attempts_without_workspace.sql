-- migrate:up

-- The attempts that led to no workspace, for the operator: as sign_in_attempts, and of the installation as a whole.
-- The service writes the newest ones and drops the rest; it cannot read what was kept.
CREATE TABLE operator_sign_in_attempts (
    attempt_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    code text NOT NULL,
    rule text,
    wanted text,
    got text,
    checks jsonb NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(checks) = 'array' AND octet_length(checks::text) <= 65536)
);

CREATE INDEX operator_sign_in_attempts_age ON operator_sign_in_attempts (occurred_at);

GRANT INSERT, SELECT (attempt_id), DELETE ON operator_sign_in_attempts TO portico_service;
GRANT SELECT ON operator_sign_in_attempts TO portico_operator;
GRANT SELECT (attempt_id, occurred_at), DELETE ON operator_sign_in_attempts TO portico_retention;

-- migrate:down
-- Migrations go forward only.
