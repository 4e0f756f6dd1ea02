-- migrate:up

-- In the order in which Portico takes them, so that nobody who writes meanwhile waits for what waits for him.
LOCK TABLE audit_chains IN ACCESS EXCLUSIVE MODE;
LOCK TABLE audit_events, operator_audit_events IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE audit_unsealed IN ACCESS EXCLUSIVE MODE;

-- Since when an event waits to be sealed. Those that wait already began to just now, as far as anybody knows.
ALTER TABLE audit_unsealed ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE audit_chains
    -- Behind which link the operator began the chain anew, because what was before could not be verified; the hash from
    -- which it went on; and from which position on the links before were not even in order, which is the one behind
    -- restart_position when all were. They are part of what is sealed.
    ADD COLUMN restart_position bigint,
    ADD COLUMN restart_hash bytea CHECK (octet_length(restart_hash) = 32),
    ADD COLUMN restart_broken_from bigint,
    ADD CHECK ((restart_position IS NULL) = (restart_hash IS NULL)),
    ADD CHECK ((restart_position IS NULL) = (restart_broken_from IS NULL)),
    -- The restart_position that the latest look at the whole chain met; and HMAC-SHA-256 of what that look came to, so that
    -- nobody else can say that nothing was wrong.
    ADD COLUMN unverified_position bigint,
    ADD COLUMN verdict_seal bytea CHECK (octet_length(verdict_seal) = 32),
    ADD COLUMN verdict_key_id text,
    ADD CHECK ((verdict_seal IS NULL) = (verdict_key_id IS NULL));

-- The next look tells what it came to under the seal.
UPDATE audit_chains SET verify_after = now() + random() * interval '1 hour';

GRANT UPDATE (unverified_position, verdict_seal, verdict_key_id) ON audit_chains TO portico_service;
-- Only the operator begins a chain anew.
GRANT INSERT, UPDATE (position, hash, seal, secret_key_id, restart_position, restart_hash, restart_broken_from, verify_after)
    ON audit_chains TO portico_operator;

-- Retention deletes a sealed event together with its link, and keeps the end of what it deleted. A node of a release from
-- before the chains knows no links: what it deletes would look as if somebody had taken it away. So its transaction ends in
-- an error, and a newer node deletes the same in its turn.
CREATE FUNCTION portico_keep_sealed_event() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public
AS $$
DECLARE
    entered text := coalesce(current_setting('portico.workspace_id', true), '');
    log uuid := '00000000-0000-0000-0000-000000000000';
    is_sealed boolean;
BEGIN
    IF TG_TABLE_NAME = 'audit_events' THEN
        log := OLD.workspace_id;
    END IF;
    PERFORM set_config('portico.workspace_id', log::text, true);
    is_sealed := EXISTS (SELECT FROM public.audit_links l WHERE l.workspace_id = log AND l.event_id = OLD.event_id);
    PERFORM set_config('portico.workspace_id', entered, true);
    IF is_sealed THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
            MESSAGE = 'a sealed event of an audit log is deleted with its link only',
            HINT = 'A node of an earlier release tried to delete what has expired; the newer ones do that.';
    END IF;
    RETURN NULL;
END
$$;

-- At the end of the transaction, because the event goes before its link.
CREATE CONSTRAINT TRIGGER keep_sealed AFTER DELETE ON audit_events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user = 'portico_retention') EXECUTE FUNCTION portico_keep_sealed_event();
CREATE CONSTRAINT TRIGGER keep_sealed AFTER DELETE ON operator_audit_events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user = 'portico_retention') EXECUTE FUNCTION portico_keep_sealed_event();

-- migrate:down
-- Migrations go forward only.
