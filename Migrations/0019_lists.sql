-- migrate:up

-- The living sessions of a workspace are listed newest first, a part at a time.
CREATE INDEX sessions_newest ON sessions (workspace_id, authenticated_at DESC, session_id DESC);

-- Who took a seat of a workspace last, and who found none, however long its audit log is.
CREATE INDEX audit_events_seats ON audit_events (workspace_id, event_id)
    WHERE action IN ('member_registered', 'member_activated', 'seat_limit_reached');

-- migrate:down
-- Migrations go forward only.
