-- migrate:up

-- A domain whose claim has lapsed leads nobody to its workspace any more, and does not keep the address from leading to
-- another one that claims it.
CREATE OR REPLACE FUNCTION portico_note_domain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claims boolean := false;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        claims := NEW.lapsed_at IS NULL;
    END IF;
    IF claims THEN
        INSERT INTO saml_names (side, name_sha256, workspace_id)
        VALUES ('domain', sha256(convert_to(NEW.domain, 'UTF8')), NEW.workspace_id)
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM saml_names WHERE side = 'domain' AND name_sha256 = sha256(convert_to(OLD.domain, 'UTF8'))
            AND workspace_id = OLD.workspace_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER note_lapsed_domain AFTER UPDATE OF lapsed_at ON domains
    FOR EACH ROW EXECUTE FUNCTION portico_note_domain();

-- Those that have lapsed already. FORCE would hide every row even from the owner of the table.
ALTER TABLE domains NO FORCE ROW LEVEL SECURITY;
DELETE FROM saml_names n USING domains d
    WHERE d.lapsed_at IS NOT NULL AND n.side = 'domain' AND n.workspace_id = d.workspace_id
        AND n.name_sha256 = sha256(convert_to(d.domain, 'UTF8'));
ALTER TABLE domains FORCE ROW LEVEL SECURITY;

-- migrate:down
-- Migrations go forward only.
