-- migrate:up

-- A domain that a workspace claims by a DNS record, from the day it is asked for; what is claimed stands in domains too.
CREATE TABLE domain_claims (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    domain text NOT NULL,
    token text NOT NULL CHECK (token ~ '^[A-Za-z0-9_-]{43}$'),
    state text NOT NULL CHECK (state IN ('in_progress', 'claimed', 'failed')),
    requested_at timestamptz NOT NULL,
    checked_at timestamptz,
    seen_at timestamptz,
    missing_since timestamptz,
    problem text,
    PRIMARY KEY (workspace_id, domain)
);

-- A domain whose record has been away too long: members stay, nobody new comes in.
ALTER TABLE domains ADD COLUMN lapsed_at timestamptz;

-- Reference table: in which workspace a record is due to be looked for. A node that takes one moves its time on, so that no
-- other takes it meanwhile, and that it is taken again if the node dies.
CREATE TABLE domain_check_queue (
    workspace_id uuid PRIMARY KEY,
    due_at timestamptz NOT NULL
);

CREATE INDEX domain_check_queue_due ON domain_check_queue (due_at);

ALTER TABLE domain_claims ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON domain_claims USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON domain_claims, domain_check_queue TO portico_service, portico_operator;

-- Which workspaces have claimed a domain stands beside their other names, by the SHA-256 of it, so that the earlier ones
-- can be told when another one claims it too.
ALTER TABLE saml_names DROP CONSTRAINT saml_names_side_check;
ALTER TABLE saml_names ADD CONSTRAINT saml_names_side_check CHECK (side IN ('idp', 'sp', 'pin', 'domain'));

CREATE FUNCTION portico_note_domain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM saml_names WHERE side = 'domain' AND name_sha256 = sha256(convert_to(OLD.domain, 'UTF8'))
            AND workspace_id = OLD.workspace_id;
    ELSE
        INSERT INTO saml_names (side, name_sha256, workspace_id)
        VALUES ('domain', sha256(convert_to(NEW.domain, 'UTF8')), NEW.workspace_id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER note_domain AFTER INSERT OR DELETE ON domains
    FOR EACH ROW EXECUTE FUNCTION portico_note_domain();

-- The domains that are there already. FORCE would hide every row even from the owner of the table.
ALTER TABLE domains NO FORCE ROW LEVEL SECURITY;
INSERT INTO saml_names (side, name_sha256, workspace_id)
    SELECT 'domain', sha256(convert_to(domain, 'UTF8')), workspace_id FROM domains
    ON CONFLICT DO NOTHING;
ALTER TABLE domains FORCE ROW LEVEL SECURITY;

-- migrate:down
-- Migrations go forward only.
