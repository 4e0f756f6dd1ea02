-- migrate:up

-- The roles that Portico works under. They are the cluster's, not the database's: another database of the same cluster
-- may have made them already, or may be making them at this moment. None can log in, and none owns anything.
--
--   portico_service    what `portico serve` takes: one workspace at a time, see 0002.
--   portico_retention  what it takes for a moment to delete what has expired, in every workspace; see 0006.
--   portico_operator   what operator commands take: everything the service may, in every workspace it may read.
--
-- NOINHERIT keeps the service from having the rights of portico_retention all the time.
DO $$
DECLARE
    role_name text;
    -- Since version 16 a role can belong to another one without being allowed to SET ROLE to it.
    belonging text := CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    FOR attempt IN 1..50 LOOP
        BEGIN
            FOREACH role_name IN ARRAY ARRAY['portico_retention', 'portico_service', 'portico_operator'] LOOP
                IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role_name);
                END IF;
                -- A login that made a role does not belong to it yet; SET ROLE asks for that.
                IF NOT pg_has_role(current_user, role_name, belonging) THEN
                    EXECUTE format('GRANT %I TO %I', role_name, current_user);
                END IF;
            END LOOP;
            IF NOT pg_has_role('portico_service', 'portico_retention', belonging) THEN
                GRANT portico_retention TO portico_service;
            END IF;
            EXIT;
        EXCEPTION
            -- Another database was quicker; the next round finds its work. The last of the three is what PostgreSQL
            -- raises for "tuple concurrently updated".
            WHEN duplicate_object OR unique_violation OR internal_error THEN
                IF attempt = 50 THEN
                    RAISE;
                END IF;
                PERFORM pg_sleep(0.02);
        END;
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO portico_service, portico_operator, portico_retention;
-- A node compares what was applied with its own folder before it asks for traffic.
GRANT SELECT ON schema_migrations TO portico_service, portico_operator;

-- The workspace that the transaction works in, NULL outside one. Every policy rests on it.
CREATE FUNCTION portico_workspace() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('portico.workspace_id', true), '')::uuid;

-- migrate:down
-- Migrations go forward only: what a release needs undone, a later migration undoes.
