-- migrate:up

-- What an administrator has to know of a sign-in beside its checks: the role, the values that gave nothing, and the
-- identity provider's own words. The service writes no longer text than half of this.
ALTER TABLE sign_in_attempts
    ADD COLUMN findings jsonb NOT NULL DEFAULT '{}'
        CHECK (jsonb_typeof(findings) = 'object' AND octet_length(findings::text) <= 65536);

-- migrate:down
-- Migrations go forward only.
