-- migrate:up

-- The groups that the newest sign-in of a member named, mapped or not: what another mapping would give is seen by them.
CREATE TABLE member_seen_groups (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    group_names text[] NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

ALTER TABLE member_seen_groups ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON member_seen_groups USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON member_seen_groups TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
