-- migrate:up

-- What the administrators of a workspace were alerted to, so that they are not told of the same thing every minute. The
-- subject is a hash, because it may be somebody's address.
CREATE TABLE alerts (
    workspace_id uuid NOT NULL REFERENCES workspaces,
    kind text NOT NULL,
    subject_sha256 bytea NOT NULL CHECK (octet_length(subject_sha256) = 32),
    raised_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, kind, subject_sha256)
);

-- Reference table: which mail is due. A row without a person stands for everybody whom the event concerns, and the node
-- that takes it puts one row for each in its place. What the mail says is read from the audit log, and the address from the
-- membership, when it is written. A node that takes a row moves its time on, so that no other takes it meanwhile.
CREATE TABLE alert_mail_queue (
    mail_id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    event_id bigint NOT NULL,
    user_id uuid,
    attempts integer NOT NULL DEFAULT 0,
    raised_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL
);

CREATE INDEX alerts_age ON alerts (raised_at);
CREATE INDEX alert_mail_queue_due ON alert_mail_queue (due_at);
CREATE INDEX alert_mail_queue_age ON alert_mail_queue (raised_at);

ALTER TABLE alerts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY one_workspace ON alerts USING (workspace_id = portico_workspace());

GRANT SELECT, INSERT, UPDATE, DELETE ON alerts, alert_mail_queue TO portico_service, portico_operator;

-- Two days: nobody has to be told then, and no mail server has taken the mail, or there is none.
CREATE POLICY expired ON alerts TO portico_retention USING (raised_at < now() - interval '2 days');

GRANT SELECT, DELETE ON alerts TO portico_retention;
GRANT SELECT (mail_id, raised_at), DELETE ON alert_mail_queue TO portico_retention;

-- migrate:down
-- Migrations go forward only.
