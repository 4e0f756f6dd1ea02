-- migrate:up

-- Where the identity provider takes logout messages, and whether a sign-in may begin there.
ALTER TABLE identity_providers
    ADD COLUMN slo_url text,
    ADD COLUMN slo_binding text NOT NULL DEFAULT 'redirect' CHECK (slo_binding IN ('redirect', 'post')),
    ADD COLUMN slo_response_url text,
    ADD COLUMN allow_idp_initiated boolean NOT NULL DEFAULT false;

-- By which name the identity provider knows the session's person, exactly as the assertion had it: a logout request
-- names people so, in either direction. A session that is older than these columns ends here alone.
ALTER TABLE sessions
    ADD COLUMN idp_name_id text,
    ADD COLUMN idp_name_id_format text,
    ADD COLUMN idp_name_id_qualifier text,
    ADD COLUMN idp_name_id_sp_qualifier text;

-- A hash, because a name may be longer than a page of a tree allows.
CREATE INDEX sessions_idp_name_id ON sessions USING hash (idp_name_id);

-- Reference table: a sign-out that waits for the identity provider's answer.
CREATE TABLE logout_requests (
    request_id text PRIMARY KEY,
    workspace_id uuid NOT NULL,
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    expires_at timestamptz NOT NULL
);

CREATE INDEX logout_requests_expiry ON logout_requests (expires_at);

GRANT SELECT, INSERT, DELETE ON logout_requests TO portico_service, portico_operator;
GRANT SELECT (request_id, expires_at), DELETE ON logout_requests TO portico_retention;

-- Reference table: which workspaces use a SAML name, by the SHA-256 of it. A message that comes to a shared endpoint
-- without an answered request finds its workspaces by the identity provider's name; each workspace's own certificates
-- decide then. Whether a service provider's name belongs to one workspace alone is seen here too.
CREATE TABLE saml_names (
    side text NOT NULL CHECK (side IN ('idp', 'sp')),
    name_sha256 bytea NOT NULL CHECK (octet_length(name_sha256) = 32),
    workspace_id uuid NOT NULL,
    PRIMARY KEY (side, name_sha256, workspace_id)
);

CREATE INDEX saml_names_workspace ON saml_names (workspace_id);

GRANT SELECT, INSERT, DELETE ON saml_names TO portico_service, portico_operator;

-- Triggers, so that no statement that changes a name can forget the table.
CREATE FUNCTION portico_note_idp_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM saml_names WHERE side = 'idp' AND workspace_id = OLD.workspace_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO saml_names (side, name_sha256, workspace_id)
        VALUES ('idp', sha256(convert_to(NEW.issuer, 'UTF8')), NEW.workspace_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION portico_note_sp_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM saml_names WHERE side = 'sp' AND workspace_id = NEW.workspace_id;
    IF NEW.deleted_at IS NULL THEN
        INSERT INTO saml_names (side, name_sha256, workspace_id)
        VALUES ('sp', sha256(convert_to(NEW.sp_issuer, 'UTF8')), NEW.workspace_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER note_idp_name AFTER INSERT OR DELETE OR UPDATE OF issuer ON identity_providers
    FOR EACH ROW EXECUTE FUNCTION portico_note_idp_name();
CREATE TRIGGER note_sp_name AFTER INSERT OR UPDATE OF sp_issuer, deleted_at ON workspaces
    FOR EACH ROW EXECUTE FUNCTION portico_note_sp_name();

-- The names that are there already. FORCE would hide every row even from the owner of the tables.
ALTER TABLE workspaces NO FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_providers NO FORCE ROW LEVEL SECURITY;
INSERT INTO saml_names (side, name_sha256, workspace_id)
    SELECT 'sp', sha256(convert_to(sp_issuer, 'UTF8')), workspace_id FROM workspaces WHERE deleted_at IS NULL
    UNION ALL
    SELECT 'idp', sha256(convert_to(issuer, 'UTF8')), workspace_id FROM identity_providers;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_providers FORCE ROW LEVEL SECURITY;

-- migrate:down
-- Migrations go forward only.
