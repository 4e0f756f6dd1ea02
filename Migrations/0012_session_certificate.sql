-- migrate:up

-- Under which certificate a session's assertion was verified, by the SHA-256 of it. Portico signs no logout request about
-- a session whose certificate its workspace no longer pins.
ALTER TABLE sessions ADD COLUMN idp_certificate_sha256 text;

-- The keys that a workspace trusts stand beside its names. Portico has one key of its own: what it signs for a workspace
-- speaks for everybody with the same SP issuer, so that whom they trust has to be compared across workspaces.
ALTER TABLE saml_names DROP CONSTRAINT saml_names_side_check;
ALTER TABLE saml_names ADD CONSTRAINT saml_names_side_check CHECK (side IN ('idp', 'sp', 'pin'));

CREATE FUNCTION portico_note_pin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM saml_names
        WHERE side = 'pin' AND name_sha256 = sha256(OLD.der) AND workspace_id = OLD.workspace_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO saml_names (side, name_sha256, workspace_id)
        VALUES ('pin', sha256(NEW.der), NEW.workspace_id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER note_pin AFTER INSERT OR DELETE OR UPDATE OF der ON identity_provider_certificates
    FOR EACH ROW EXECUTE FUNCTION portico_note_pin();

-- The certificates that are there already. FORCE would hide every row even from the owner of the table.
ALTER TABLE identity_provider_certificates NO FORCE ROW LEVEL SECURITY;
INSERT INTO saml_names (side, name_sha256, workspace_id)
    SELECT DISTINCT 'pin', sha256(der), workspace_id FROM identity_provider_certificates;
ALTER TABLE identity_provider_certificates FORCE ROW LEVEL SECURITY;

-- Whether every other workspace with the SP issuer of this one trusts each key that this one trusts. A workspace without
-- an identity provider has nobody to be misled.
CREATE FUNCTION portico_namesakes_agree(this_workspace uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM saml_names own JOIN saml_names namesake USING (side, name_sha256)
        WHERE own.side = 'sp' AND own.workspace_id = this_workspace AND namesake.workspace_id <> this_workspace
            AND EXISTS (SELECT 1 FROM saml_names theirs
                WHERE theirs.side = 'pin' AND theirs.workspace_id = namesake.workspace_id)
            AND EXISTS (SELECT 1 FROM saml_names ours
                WHERE ours.side = 'pin' AND ours.workspace_id = this_workspace
                    AND NOT EXISTS (SELECT 1 FROM saml_names theirs
                        WHERE theirs.side = 'pin' AND theirs.name_sha256 = ours.name_sha256
                            AND theirs.workspace_id = namesake.workspace_id)))
$$;

-- migrate:down
-- Migrations go forward only.
