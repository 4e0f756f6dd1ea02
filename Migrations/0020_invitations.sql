-- migrate:up

-- The link of an invitation, by the SHA-256 of its secret. The invitation itself is the membership, which is INVITED.
CREATE TABLE invitations (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

-- Reference table: which workspace an invitation's link belongs to.
CREATE TABLE invitation_links (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    workspace_id uuid NOT NULL REFERENCES workspaces,
    expires_at timestamptz NOT NULL
);

CREATE INDEX invitation_links_expiry ON invitation_links (expires_at);
-- The invitations that are open, for the page that lists them.
CREATE INDEX memberships_invited ON memberships (workspace_id, email) WHERE state = 'INVITED';

ALTER TABLE invitations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON invitations USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, DELETE ON invitations, invitation_links TO portico_service, portico_operator;
GRANT SELECT (token_hash, expires_at), DELETE ON invitation_links TO portico_retention;

-- Whoever came in, or is locked out, has no invitation any more, whatever changed the state.
CREATE FUNCTION portico_close_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM invitations WHERE workspace_id = NEW.workspace_id AND user_id = NEW.user_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER close_invitation AFTER UPDATE OF state ON memberships
    FOR EACH ROW WHEN (OLD.state = 'INVITED' AND NEW.state <> 'INVITED')
    EXECUTE FUNCTION portico_close_invitation();

CREATE FUNCTION portico_forget_invitation_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM invitation_links WHERE token_hash = OLD.token_hash;
    RETURN NULL;
END
$$;

CREATE TRIGGER forget_link AFTER DELETE ON invitations
    FOR EACH ROW EXECUTE FUNCTION portico_forget_invitation_link();

-- Whom the invitation is for by whose link a sign-in began; nobody else comes in by it.
ALTER TABLE authn_requests ADD COLUMN invited_user uuid;

-- migrate:down
-- Migrations go forward only.
