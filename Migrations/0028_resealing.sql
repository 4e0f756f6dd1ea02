-- migrate:up

-- Under which secret keys the secrets of authenticator apps are encrypted: how many in which workspace, and nothing of
-- them. After a change of SECRET_KEY the service has to find those that it encrypts anew, and row-level security shows it
-- one workspace at a time.
CREATE FUNCTION portico_code_secret_keys() RETURNS TABLE (workspace uuid, secret_key text, secrets bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public
AS $$
DECLARE
    entered text := coalesce(current_setting('portico.workspace_id', true), '');
    one uuid;
BEGIN
    FOR one IN SELECT DISTINCT i.workspace_id FROM public.company_ids i LOOP
        PERFORM set_config('portico.workspace_id', one::text, true);
        RETURN QUERY
            SELECT one, c.code_secret_key_id, count(*) FROM public.local_credentials c
            WHERE c.workspace_id = one AND c.code_secret_key_id IS NOT NULL GROUP BY c.code_secret_key_id;
    END LOOP;
    PERFORM set_config('portico.workspace_id', entered, true);
END
$$;

REVOKE EXECUTE ON FUNCTION portico_code_secret_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portico_code_secret_keys TO portico_service, portico_operator;

-- migrate:down
-- Migrations go forward only.
