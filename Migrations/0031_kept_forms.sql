-- migrate:up

-- The foreign key below locks the table of members; so nobody reads there first and waits for this afterwards.
LOCK TABLE memberships IN ACCESS EXCLUSIVE MODE;

-- Whether whoever is deactivated had come in before: reactivating gives back what the person had reached.
ALTER TABLE memberships ADD COLUMN was_active boolean NOT NULL DEFAULT false;

-- What an administrator had typed when a step wanted a fresh sign-in, for the minutes until they come back from it. The page
-- shows it again; nothing is done with it before they send it again.
CREATE TABLE kept_forms (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    path text NOT NULL,
    names text[] NOT NULL,
    texts text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

CREATE INDEX kept_forms_end ON kept_forms (expires_at);

ALTER TABLE kept_forms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON kept_forms USING (workspace_id = portico_workspace());
CREATE POLICY expired ON kept_forms TO portico_retention USING (expires_at < now());

GRANT SELECT, INSERT, UPDATE, DELETE ON kept_forms TO portico_service;
GRANT SELECT (workspace_id, user_id, expires_at), DELETE ON kept_forms TO portico_retention;

-- Who is in a space or a project is looked up by it, too.
CREATE INDEX member_spaces_place ON member_spaces (workspace_id, space_id, user_id);
CREATE INDEX member_projects_place ON member_projects (workspace_id, project_id, user_id);
CREATE INDEX space_mappings_place ON space_mappings (workspace_id, space_id);
CREATE INDEX project_mappings_place ON project_mappings (workspace_id, project_id);

-- migrate:down
-- Migrations go forward only.
