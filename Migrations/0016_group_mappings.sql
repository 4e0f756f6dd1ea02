-- migrate:up

-- The spaces and projects of a workspace: identifiers of the applications behind Portico, made once, when a mapping names
-- them first.
CREATE TABLE spaces (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    space_id text NOT NULL,
    title text,
    PRIMARY KEY (workspace_id, space_id),
    UNIQUE (workspace_id, title)
);

CREATE TABLE projects (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    project_id text NOT NULL,
    title text,
    PRIMARY KEY (workspace_id, project_id)
);

-- What groups give. The key of the first says that a group gives one role.
CREATE TABLE role_mappings (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    group_name text NOT NULL,
    role text NOT NULL,
    PRIMARY KEY (workspace_id, group_name)
);

CREATE TABLE space_mappings (
    workspace_id uuid NOT NULL,
    group_name text NOT NULL,
    space_id text NOT NULL,
    PRIMARY KEY (workspace_id, group_name, space_id),
    FOREIGN KEY (workspace_id, space_id) REFERENCES spaces
);

CREATE TABLE project_mappings (
    workspace_id uuid NOT NULL,
    group_name text NOT NULL,
    project_id text NOT NULL,
    role text NOT NULL CHECK (role IN ('REVIEWER', 'LABELER', 'Inherit')),
    PRIMARY KEY (workspace_id, group_name, project_id),
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects
);

-- What members have: the mapped groups that the identity provider named last, and where they were put by whom.
CREATE TABLE member_groups (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    group_name text NOT NULL,
    PRIMARY KEY (workspace_id, user_id, group_name),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

CREATE TABLE member_spaces (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    space_id text NOT NULL,
    source text NOT NULL CHECK (source IN ('manual', 'saml_groups', 'scim')),
    PRIMARY KEY (workspace_id, user_id, space_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, space_id) REFERENCES spaces
);

CREATE TABLE member_projects (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    project_id text NOT NULL,
    role text NOT NULL CHECK (role IN ('REVIEWER', 'LABELER', 'Inherit')),
    source text NOT NULL CHECK (source IN ('manual', 'saml_groups', 'scim')),
    PRIMARY KEY (workspace_id, user_id, project_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE,
    FOREIGN KEY (workspace_id, project_id) REFERENCES projects
);

ALTER TABLE spaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE role_mappings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE space_mappings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE project_mappings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE member_groups ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE member_spaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE member_projects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON spaces USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON projects USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON role_mappings USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON space_mappings USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON project_mappings USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON member_groups USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON member_spaces USING (workspace_id = portico_workspace());
CREATE POLICY one_workspace ON member_projects USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON spaces, projects, role_mappings, space_mappings, project_mappings,
    member_groups, member_spaces, member_projects TO portico_service, portico_operator;

-- How the groups attribute is written, and who manages the roles of a workspace; NULL is the installation's word.
ALTER TABLE identity_providers
    ADD COLUMN group_values text NOT NULL DEFAULT 'separate' CHECK (group_values IN ('separate', 'comma'));
ALTER TABLE workspaces ADD COLUMN role_manager text CHECK (role_manager IN ('administrators', 'idp'));

-- migrate:down
-- Migrations go forward only.
