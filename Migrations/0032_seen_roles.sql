-- migrate:up

-- Which roles of the workspace the newest sign-in of a member named: none where the attribute was not sent, NULL where it was not
-- read. An older release that runs beside writes a newer sign-in without them, so they say of which sign-in they are.
ALTER TABLE member_seen_groups ADD COLUMN roles text[], ADD COLUMN roles_seen_at timestamptz;

-- migrate:down
-- Migrations go forward only.
