-- migrate:up

-- The mail with the link of an invitation, and what became of it. It holds no secret: the link is made when the mail is
-- written, and the address is that of the membership.
CREATE TABLE invitation_mails (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    mail_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    lifetime_seconds bigint NOT NULL CHECK (lifetime_seconds > 0),
    attempts integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL,
    -- Why it was not sent at the last attempt.
    problem text,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES memberships ON DELETE CASCADE
);

-- Reference table: whose mail is due. A node that takes one moves its time on, so that no other takes it meanwhile, and
-- that it is taken again if the node dies.
CREATE TABLE invitation_mail_queue (
    workspace_id uuid NOT NULL,
    user_id uuid NOT NULL,
    mail_id uuid NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    FOREIGN KEY (workspace_id, user_id) REFERENCES invitation_mails ON DELETE CASCADE
);

CREATE INDEX invitation_mail_queue_due ON invitation_mail_queue (due_at);

ALTER TABLE invitation_mails ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON invitation_mails USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON invitation_mails, invitation_mail_queue TO portico_service, portico_operator;

-- Whoever came in, or is locked out, gets no mail about an invitation any more.
CREATE OR REPLACE FUNCTION portico_close_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM invitations WHERE workspace_id = NEW.workspace_id AND user_id = NEW.user_id;
    DELETE FROM invitation_mails WHERE workspace_id = NEW.workspace_id AND user_id = NEW.user_id;
    RETURN NULL;
END
$$;

-- migrate:down
-- Migrations go forward only.
