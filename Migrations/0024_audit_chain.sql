-- migrate:up

-- The hash chains of the audit logs: one for each workspace and one for the operator's log, whose workspace is the nil
-- UUID; hence no reference to workspaces. A chain lives as long as its log. See Docs/AuditChain.md.
--
-- The service sees the ends of every chain, to look at them in turn and to seal them anew under another secret key; they
-- are numbers and hashes.
CREATE TABLE audit_chains (
    workspace_id uuid PRIMARY KEY,
    -- The newest link.
    position bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    -- The newest link that retention has deleted; 0 and zeros before the first time.
    pruned_position bigint NOT NULL CHECK (pruned_position BETWEEN 0 AND position),
    pruned_hash bytea NOT NULL CHECK (octet_length(pruned_hash) = 32),
    -- HMAC-SHA-256 of the four above under a key of SECRET_KEY, and which secret key it was; empty before the first link.
    seal bytea NOT NULL CHECK (octet_length(seal) IN (0, 32)),
    secret_key_id text NOT NULL,
    -- The latest look of a node at the whole chain, and what it found wrong.
    verified_at timestamptz,
    verified_position bigint,
    defect text,
    -- When the next one is due.
    verify_after timestamptz NOT NULL
);

CREATE INDEX audit_chains_due ON audit_chains (verify_after);

CREATE TABLE audit_links (
    workspace_id uuid NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    -- No reference to audit_events: a link whose event was deleted by hand is to show it.
    event_id bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    -- From when the age of the event is counted: its own time, but none to come, and never before that of the link before,
    -- so that what is deleted for its age is always the beginning of a chain.
    kept_from timestamptz NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (workspace_id, position),
    UNIQUE (workspace_id, event_id)
);

CREATE INDEX audit_links_age ON audit_links (kept_from, workspace_id, position);

-- The events that have no link yet. The service sees those of every workspace, so no more than numbers stand here.
CREATE TABLE audit_unsealed (
    workspace_id uuid NOT NULL,
    event_id bigint NOT NULL,
    -- Whether it stands for all events up to this one, which were there before the chains.
    is_backlog boolean NOT NULL DEFAULT false,
    PRIMARY KEY (workspace_id, event_id)
);

CREATE FUNCTION portico_queue_audit_event() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (workspace_id, event_id) VALUES (NEW.workspace_id, NEW.event_id);
    RETURN NULL;
END
$$;

CREATE FUNCTION portico_queue_operator_audit_event() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealed (workspace_id, event_id)
    VALUES ('00000000-0000-0000-0000-000000000000', NEW.event_id);
    RETURN NULL;
END
$$;

-- From here on until the end of this migration nobody writes an event.
CREATE TRIGGER queue AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION portico_queue_audit_event();
CREATE TRIGGER queue AFTER INSERT ON operator_audit_events
    FOR EACH ROW EXECUTE FUNCTION portico_queue_operator_audit_event();

-- What is there already is sealed later, in small parts. The numbers come from the sequence, because row-level security
-- hides the events from their owner.
INSERT INTO audit_unsealed (workspace_id, event_id, is_backlog)
SELECT DISTINCT c.workspace_id, s.last_value, true FROM company_ids c, audit_events_event_id_seq s WHERE s.is_called;
INSERT INTO audit_unsealed (workspace_id, event_id, is_backlog)
SELECT '00000000-0000-0000-0000-000000000000', s.last_value, true FROM operator_audit_events_event_id_seq s
WHERE s.is_called;

-- The service writes the operator's log and does not read it. To seal it, it has to see what is not sealed yet. The links
-- are those of the operator's log whatever workspace the caller has named; the rest of its transaction is in that log too.
CREATE FUNCTION portico_unsealed_operator_events(after bigint, until bigint, maximum bigint)
    RETURNS SETOF operator_audit_events
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public
AS $$
DECLARE
    operators_log uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    PERFORM set_config('portico.workspace_id', operators_log::text, true);
    RETURN QUERY
        SELECT e.* FROM public.operator_audit_events e
        WHERE e.event_id > after AND e.event_id <= until AND NOT EXISTS (
            SELECT FROM public.audit_links l WHERE l.workspace_id = operators_log AND l.event_id = e.event_id
        )
        ORDER BY e.event_id LIMIT maximum;
END
$$;

REVOKE EXECUTE ON FUNCTION portico_unsealed_operator_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portico_unsealed_operator_events TO portico_service;

ALTER TABLE audit_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON audit_links USING (workspace_id = portico_workspace());

-- Nobody changes a link, and nobody but retention deletes one.
GRANT SELECT, INSERT ON audit_links TO portico_service;
GRANT SELECT, INSERT,
    UPDATE (position, hash, seal, secret_key_id, verified_at, verified_position, defect, verify_after)
    ON audit_chains TO portico_service;
GRANT SELECT, INSERT, DELETE ON audit_unsealed TO portico_service;
GRANT SELECT ON audit_links, audit_chains TO portico_operator;
GRANT SELECT, INSERT ON audit_unsealed TO portico_operator;

-- Whoever writes an event does not choose its number.
REVOKE INSERT ON audit_events, operator_audit_events FROM portico_service, portico_operator;
GRANT INSERT (workspace_id, occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
    ON audit_events TO portico_service, portico_operator;
GRANT INSERT (occurred_at, actor_kind, actor_email, action, email, outcome, code, detail)
    ON operator_audit_events TO portico_service, portico_operator;

-- Retention goes by the links: it deletes what is sealed and has expired, event and link together.
CREATE POLICY expired ON audit_links TO portico_retention
    USING (kept_from < portico_retention_cutoff('portico.audit_cutoff'));
DROP POLICY expired ON audit_events;
CREATE POLICY expired ON audit_events TO portico_retention USING (
    EXISTS (SELECT FROM audit_links l WHERE l.workspace_id = audit_events.workspace_id AND l.event_id = audit_events.event_id)
);

GRANT SELECT, DELETE ON audit_links TO portico_retention;
GRANT SELECT ON audit_events, operator_audit_events TO portico_retention;
GRANT SELECT, UPDATE (pruned_position, pruned_hash, seal, secret_key_id) ON audit_chains TO portico_retention;

DROP INDEX audit_events_age;
DROP INDEX operator_audit_events_age;

-- migrate:down
-- Migrations go forward only.
