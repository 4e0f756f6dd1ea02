-- migrate:up

-- The reading of a session for its token, which the first request of every session waits for: a plan that a connection
-- makes once instead of each time (decision 0042).
--
-- A statement of the service's own cannot have such a plan. PostgreSQL would make it for the workspace that is entered at
-- that moment, and where that has one session or none, every index that begins with the workspace looks as good as the one
-- of the token; the next workspace may have 100,000. So this plan does not know the workspace: it has it in an array, which
-- the planner takes for ten workspaces, and each row that is read counts as much as a thousand do elsewhere. Then nothing
-- but the whole key is good enough, whatever the sizes of the tables when the plan is made.
--
-- It shows the caller the session of the token that was given and nothing else. The workspace is entered all the same:
-- where the owner of the tables may not list, row-level security lets it read this one.
CREATE FUNCTION portico_session(token bytea) RETURNS TABLE (
    session_id uuid, token_hash bytea, workspace_id uuid, user_id uuid, authenticated_at timestamptz, method text,
    confirmed_at timestamptz, expires_at timestamptz, max_idle_seconds bigint, last_seen_at timestamptz, company_id text,
    email text, display_name text, role text, groups text[], spaces text[], projects text[], project_roles text[]
)
    LANGUAGE plpgsql SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, public, pg_temp
    SET plan_cache_mode = force_generic_plan
    SET cpu_tuple_cost = 10
    -- Costs that high would have it compiled.
    SET jit = off
    SET enable_seqscan = off
    SET enable_hashjoin = off
    SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    entered text := coalesce(current_setting('portico.workspace_id', true), '');
    home uuid[];
BEGIN
    SELECT ARRAY[t.workspace_id] INTO home FROM public.session_tokens t WHERE t.token_hash = token;
    IF home IS NULL THEN
        RETURN;
    END IF;
    PERFORM set_config('portico.workspace_id', home[1]::text, true);
    RETURN QUERY
        SELECT s.session_id, s.token_hash, s.workspace_id, s.user_id, s.authenticated_at, s.method, s.confirmed_at,
            s.expires_at, s.max_idle_seconds, s.last_seen_at, w.company_id, m.email, m.display_name, m.role,
            ARRAY(SELECT g.group_name FROM public.member_groups g
                WHERE g.workspace_id = ANY (home) AND g.user_id = s.user_id ORDER BY g.group_name COLLATE "C"),
            ARRAY(SELECT c.space_id FROM public.member_spaces c
                WHERE c.workspace_id = ANY (home) AND c.user_id = s.user_id ORDER BY c.space_id COLLATE "C"),
            ARRAY(SELECT p.project_id FROM public.member_projects p
                WHERE p.workspace_id = ANY (home) AND p.user_id = s.user_id ORDER BY p.project_id COLLATE "C"),
            ARRAY(SELECT p.role FROM public.member_projects p
                WHERE p.workspace_id = ANY (home) AND p.user_id = s.user_id ORDER BY p.project_id COLLATE "C")
        FROM public.sessions s
        JOIN public.memberships m ON m.workspace_id = ANY (home) AND m.user_id = s.user_id
        JOIN public.workspaces w ON w.workspace_id = ANY (home)
        WHERE s.workspace_id = ANY (home) AND s.token_hash = token
            AND m.state = 'ACTIVE' AND w.status = 'enabled' AND w.deleted_at IS NULL;
    PERFORM set_config('portico.workspace_id', entered, true);
END
$$;

REVOKE EXECUTE ON FUNCTION portico_session FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portico_session TO portico_service, portico_operator;

-- The operator may list the people of every workspace already; now also in what they have a part.
CREATE POLICY listing ON member_groups FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON member_spaces FOR SELECT TO portico_operator USING (true);
CREATE POLICY listing ON member_projects FOR SELECT TO portico_operator USING (true);

-- migrate:down
-- Migrations go forward only.
