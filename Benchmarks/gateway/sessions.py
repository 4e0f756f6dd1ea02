"""Sessions put into the database in bulk, each of a person of its own, as sign-ins would have made them."""

import base64
import hashlib
import os

from field import COMPANY, SESSION_COOKIE

STATEMENT = """
    WITH people AS MATERIALIZED (
        SELECT person, gen_random_uuid() AS user_id, gen_random_uuid() AS session_id,
            sha256(sha256(convert_to('{seed} ' || person, 'UTF8'))) AS token_hash,
            'person-{seed}-' || person || '@company.example' AS email, workspace_id
        FROM generate_series(0, {count} - 1) AS person, workspaces WHERE company_id = '{company}'
    ), known AS (
        INSERT INTO users (email_sha256, user_id, created_at)
        SELECT sha256(convert_to(email, 'UTF8')), user_id, now() FROM people
    ), members AS (
        INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
        SELECT workspace_id, user_id, email, 'Person ' || person, 'ACTIVE', 'LABELER', 'saml_roles', now() FROM people
        RETURNING user_id
    ), tokens AS (
        INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
        SELECT token_hash, workspace_id, now() + interval '1 day' FROM people
    )
    INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at, max_idle_seconds,
        last_seen_at, idp_issuer)
    SELECT workspace_id, session_id, token_hash, user_id, now(), now() + interval '1 day', 3600, now(), '{issuer}'
    FROM people JOIN members USING (user_id)
"""


def make(field, count):
    """Makes sessions and returns their cookies."""
    seed = os.urandom(4).hex()
    issuer = field.demonstration.state["identity_provider_url"] + "saml2/idp/metadata.php"
    field.demonstration.sql(STATEMENT.format(seed=seed, count=count, company=COMPANY, issuer=issuer))

    def cookie(person):
        token = hashlib.sha256(f"{seed} {person}".encode()).digest()
        return f"{SESSION_COOKIE}={base64.urlsafe_b64encode(token).rstrip(b'=').decode()}"

    return [cookie(person) for person in range(count)]
