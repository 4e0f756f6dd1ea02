-- migrate:up

-- How many changes of people were refused to whoever asked for them lately: the log takes no more than so many of them.
CREATE INDEX audit_events_refused_changes ON audit_events (workspace_id, occurred_at)
    WHERE outcome = 'refused' AND action IN ('member_invited', 'invitation_link_created', 'invitation_mail_requested',
        'role_changed', 'member_activated', 'member_deactivated', 'member_removed', 'ownership_transferred');

-- migrate:down
-- Migrations go forward only.
