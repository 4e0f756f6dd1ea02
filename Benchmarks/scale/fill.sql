-- Fills a database of the demonstration with as many workspaces, memberships and events as an installation has that grew
-- for years. It is run as a superuser, whom no policy hides anything from:
--
--   psql -v workspaces=… -v memberships=… -v vast=… -v turns=… -f fill.sql
--
-- company-a is what is measured: it has the same rows whatever the numbers are, except that `turns` is how many events there
-- are of each person. company-b has `vast` members. One
-- workspace in 10,000 has as many members as a tenth of the workspaces, one in 1,000 as a hundredth; the other memberships
-- fall on the rest, on some of them many. Rows lie as they came over the years: those of one workspace among all others.

\set ON_ERROR_STOP on
\set measured 100
\set kept_attempts 500
SET client_min_messages = warning;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET work_mem = '256MB';
SELECT setseed(0.5);

CREATE SCHEMA filling;

-- Without the triggers that look at each row: what a row refers to is known to be there.
SET session_replication_role = replica;

-- The workspaces. The two of the demonstration are there; the others are like them, each with an identity provider, a
-- domain and mappings of its own.
CREATE UNLOGGED TABLE filling.places AS
    SELECT 0 AS number, workspace_id, company_id FROM workspaces WHERE company_id = 'company-a'
    UNION ALL SELECT 1, workspace_id, company_id FROM workspaces WHERE company_id = 'company-b'
    UNION ALL SELECT number, gen_random_uuid(), 'tenant-' || number FROM generate_series(2, :workspaces - 1) number;

INSERT INTO workspaces (workspace_id, company_id, name, sp_issuer, default_role, created_at)
    SELECT p.workspace_id, p.company_id, 'Tenant ' || p.number, like_it.sp_issuer, like_it.default_role,
        now() - random() * interval '300 days'
    FROM filling.places p, workspaces like_it WHERE p.number > 1 AND like_it.company_id = 'company-a'
    ORDER BY random();
INSERT INTO company_ids SELECT company_id, workspace_id FROM filling.places WHERE number > 1 ORDER BY random();
INSERT INTO domains SELECT workspace_id, company_id || '.example', 'dns', now() FROM filling.places
    WHERE number > 1 ORDER BY random();
INSERT INTO identity_providers (workspace_id, enabled, sign_in_url, issuer, email_attribute, display_name_attribute,
        first_name_attribute, last_name_attribute, groups_attribute, roles_attribute, signature_policy, updated_at)
    SELECT p.workspace_id, true, 'https://idp.' || p.company_id || '.example/sso', 'https://idp.' || p.company_id || '.example',
        i.email_attribute, i.display_name_attribute, i.first_name_attribute, i.last_name_attribute, i.groups_attribute,
        i.roles_attribute, i.signature_policy, now()
    FROM filling.places p, filling.places a JOIN identity_providers i USING (workspace_id)
    WHERE p.number > 1 AND a.number = 0 ORDER BY random();
INSERT INTO identity_provider_certificates (workspace_id, position, der, sha256_fingerprint, not_after)
    SELECT workspace_id, 0, decode(repeat(md5(company_id), 50), 'hex'), encode(sha256(company_id::bytea), 'hex'),
        now() + interval '3 years'
    FROM filling.places WHERE number > 1 ORDER BY random();

INSERT INTO saml_names (side, name_sha256, workspace_id)
    SELECT 'sp', sha256(convert_to(sp_issuer, 'UTF8')), workspace_id FROM workspaces
    UNION ALL SELECT 'idp', sha256(convert_to(issuer, 'UTF8')), workspace_id FROM identity_providers
    UNION ALL SELECT 'pin', sha256(der), workspace_id FROM identity_provider_certificates
    UNION ALL SELECT 'domain', sha256(convert_to(domain, 'UTF8')), workspace_id FROM domains
    ON CONFLICT DO NOTHING;

CREATE UNLOGGED TABLE filling.groups AS
    SELECT p.workspace_id, 'group-' || n AS group_name, 'space-' || n AS space_id, p.number
    FROM filling.places p, generate_series(1, 3) n ORDER BY random();
INSERT INTO role_mappings SELECT workspace_id, group_name, CASE group_name WHEN 'group-1' THEN 'LABELER' ELSE 'REVIEWER' END
    FROM filling.groups WHERE group_name <> 'group-3';
INSERT INTO role_mappings SELECT workspace_id, 'administrators', 'ADMIN' FROM filling.places;
INSERT INTO spaces SELECT workspace_id, space_id FROM filling.groups;
INSERT INTO space_mappings SELECT workspace_id, group_name, space_id FROM filling.groups;

-- The large tables lose their indexes, which are made anew at the end: that is many times faster. No other table refers to
-- these.
CREATE UNLOGGED TABLE filling.indexes AS
    WITH large AS (
        SELECT unnest(ARRAY['users', 'identity_links', 'member_groups', 'member_spaces', 'member_seen_groups', 'sessions',
            'sign_in_attempts', 'audit_events'])::regclass AS name
    )
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', name, conname) AS drops,
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', name, conname, pg_get_constraintdef(oid)) AS makes
    FROM large JOIN pg_constraint ON conrelid = name AND contype IN ('p', 'u')
    UNION ALL
    SELECT format('DROP INDEX %I', i.relname), pg_get_indexdef(i.oid)
    FROM large JOIN pg_index x ON x.indrelid = name JOIN pg_class i ON i.oid = x.indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'));
SELECT drops FROM filling.indexes \gexec

-- The people, in the order in which they came.
CREATE UNLOGGED TABLE filling.people AS
    WITH fixed AS (
        SELECT number, CASE
            WHEN number = 0 THEN :measured
            WHEN number = 1 THEN :vast
            WHEN number < 2 + :workspaces / 10000 THEN :workspaces / 10
            ELSE :workspaces / 100 END AS members
        FROM filling.places WHERE number < 2 + :workspaces / 10000 + :workspaces / 1000
    ), seats AS (
        SELECT number FROM fixed, generate_series(1, members)
        UNION ALL
        SELECT least(:workspaces - 1, edge + floor(power(random(), 2) * (:workspaces - edge))::int)
        FROM (SELECT count(*)::int AS edge, sum(members) AS taken FROM fixed) f, generate_series(1, :memberships - taken)
    )
    SELECT place.workspace_id, place.number, gen_random_uuid() AS user_id, seat.person,
        CASE place.number WHEN 0 THEN 'person-' || person || '@company.example'
            WHEN 1 THEN 'colleague-' || person || '@company.example'
            ELSE 'person-' || person || '@' || company_id || '.example' END AS email,
        CASE WHEN person % 50 = 1 THEN 'ADMIN' WHEN person % 3 = 0 THEN 'REVIEWER' ELSE 'LABELER' END AS role,
        CASE WHEN person % 20 = 19 THEN 'INVITED' WHEN person % 20 = 18 THEN 'DEACTIVATED' ELSE 'ACTIVE' END AS state
    FROM (SELECT number, row_number() OVER (PARTITION BY number) AS person FROM seats) seat
        JOIN filling.places place USING (number)
    ORDER BY random();
INSERT INTO users SELECT sha256(convert_to(email, 'UTF8')), user_id, now() FROM filling.people;
INSERT INTO memberships (workspace_id, user_id, email, display_name, state, deactivation_origin, role, role_source, created_at)
    SELECT workspace_id, user_id, email, initcap(split_part(email, '@', 1)), state,
        CASE state WHEN 'DEACTIVATED' THEN 'admin' END, role,
        CASE number WHEN 1 THEN 'saml_groups' ELSE 'saml_roles' END, now() - random() * interval '300 days'
    FROM filling.people;
INSERT INTO identity_links
    SELECT p.workspace_id, p.user_id, i.issuer, p.email, now() - interval '100 days', now() - random() * interval '30 days'
    FROM filling.people p JOIN identity_providers i USING (workspace_id) WHERE p.state = 'ACTIVE';
INSERT INTO member_groups
    SELECT workspace_id, user_id, 'group-' || (1 + person % 3) FROM filling.people WHERE state = 'ACTIVE';
INSERT INTO member_spaces
    SELECT workspace_id, user_id, 'space-' || (1 + person % 3), 'saml_groups' FROM filling.people WHERE state = 'ACTIVE';
INSERT INTO member_seen_groups
    SELECT workspace_id, user_id, now() - interval '30 days', ARRAY['everybody', 'group-' || (1 + person % 3)]
    FROM filling.people WHERE state = 'ACTIVE';
INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at, max_idle_seconds,
        last_seen_at, idp_issuer, idp_name_id)
    SELECT p.workspace_id, gen_random_uuid(), sha256(uuid_send(p.user_id)), p.user_id, now() - random() * interval '8 hours',
        now() + interval '1 day', 86400, now(), i.issuer, p.email
    FROM filling.people p JOIN identity_providers i USING (workspace_id) WHERE p.state = 'ACTIVE' AND p.person % 3 = 0;
INSERT INTO session_tokens SELECT token_hash, workspace_id, expires_at FROM sessions ON CONFLICT DO NOTHING;

-- What is under way, and what came in today.
INSERT INTO authn_requests (workspace_id, request_id, intent, return_path, browser_hash, relay_state, created_at, expires_at)
    SELECT workspace_id, '_' || md5(user_id::text), 'sign_in', '/', sha256(uuid_send(user_id)), md5(email), now(),
        now() + interval '2 hours'
    FROM filling.people WHERE number > 1 AND person % 50 = 2;
INSERT INTO authn_request_index SELECT request_id, workspace_id, expires_at FROM authn_requests ON CONFLICT DO NOTHING;
INSERT INTO replay_keys SELECT sha256(convert_to(email, 'UTF8')), now() + interval '2 hours' FROM filling.people
    WHERE person % 5 = 3;

-- The records of sign-ins, as one that was made in the demonstration: company-a has as many of each kind as are kept.
INSERT INTO sign_in_attempts (workspace_id, request_id, occurred_at, code, checks)
    SELECT a.workspace_id, md5(random()::text), now() - interval '20 days' * (1 - a.age), a.code, kept.checks
    FROM (
        SELECT workspace_id, random() AS age, CASE WHEN random() < 0.2 THEN 'roles_no_match' END AS code
        FROM filling.people WHERE number > 0 AND person <= 1000
        UNION ALL
        SELECT workspace_id, random(), CASE n % 2 WHEN 0 THEN 'roles_no_match' END
        FROM filling.places, generate_series(1, 2 * :kept_attempts) n WHERE number = 0
        ORDER BY age
    ) a, (SELECT checks FROM sign_in_attempts WHERE code IS NULL LIMIT 1) kept;

-- The audit log, a turn of everybody after another.
CREATE UNLOGGED TABLE filling.kept AS SELECT detail FROM audit_events WHERE action = 'sign_in' AND outcome = 'done' LIMIT 1;
INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, email, outcome, detail)
    SELECT workspace_id, now() - interval '390 days', 'idp', 'member_registered', email, 'done', '{"state": "ACTIVE"}'
    FROM filling.people WHERE person % 10 = 5;
SELECT format($$
    INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, email, outcome, code, detail)
    SELECT workspace_id, now() - interval '390 days' * (%1$s - n::float / total) / %2$s, 'idp',
        CASE kind WHEN 0 THEN 'role_changed' WHEN 1 THEN 'sign_out' WHEN 2 THEN 'groups_synchronized' ELSE 'sign_in' END,
        email, CASE kind WHEN 3 THEN 'refused' ELSE 'done' END, CASE kind WHEN 3 THEN 'roles_no_match' END, detail
    FROM (
        SELECT workspace_id, email, (person + %1$s) %% 12 AS kind, row_number() OVER () AS n, count(*) OVER () AS total
        FROM filling.people
    ) p, filling.kept
    $$, turn, :turns) FROM generate_series(:turns, 1, -1) turn \gexec

-- As after an upgrade from a release whose logs were not chained: the gateway seals what there is when it runs.
INSERT INTO audit_unsealed (workspace_id, event_id, is_backlog)
    SELECT workspace_id, last_value, true FROM filling.places, audit_events_event_id_seq ORDER BY random();
SELECT makes FROM filling.indexes ORDER BY makes \gexec

RESET session_replication_role;
DROP SCHEMA filling CASCADE;
VACUUM (ANALYZE);
CHECKPOINT;
