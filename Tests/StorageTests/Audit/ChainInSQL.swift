import PostgreSQL
import Workspaces

/// The hashes of a chain computed by PostgreSQL, from `Docs/AuditChain.md` and nothing of Portico's code: what a reader
/// can do to check a log, and what somebody does who makes a chain anew after changing it.
enum ChainInSQL {
    /// Makes the functions.
    static func prepare(_ storage: TestStorage) async throws {
        try await storage.owner.query(
            """
            CREATE FUNCTION test_field(content text) RETURNS text LANGUAGE sql IMMUTABLE
            RETURN coalesce(octet_length(convert_to(content, 'UTF8')) || ':' || content || ',', '-,')
            """
        )
        try await storage.owner.query(
            """
            CREATE FUNCTION test_time(moment timestamptz) RETURNS text LANGUAGE sql STABLE
            RETURN test_field(to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            """
        )
        try await storage.owner.query(
            """
            CREATE FUNCTION test_hash(previous bytea, l audit_links, e audit_events) RETURNS bytea LANGUAGE sql STABLE
            RETURN sha256(convert_to(
                test_field('portico-audit-1') || test_field(encode(previous, 'hex')) || test_field(l.position::text)
                || test_time(l.sealed_at) || test_field(e.workspace_id::text) || test_field(e.event_id::text)
                || test_time(e.occurred_at) || test_field(e.actor_kind) || test_field(e.actor_email)
                || test_field(e.action) || test_field(e.email) || test_field(e.outcome) || test_field(e.code)
                || coalesce((
                    SELECT string_agg(test_field(d.key) || test_field(d.value), '' ORDER BY d.key COLLATE "C")
                    FROM jsonb_each_text(e.detail) d
                ), ''), 'UTF8'))
            """
        )
    }

    /// Computes every link of the only chain anew, from the first on, and writes it and the end.
    static func rebuild(_ storage: TestStorage) async throws {
        try await storage.owner.query(
            """
            DO $$
            DECLARE
                previous bytea := decode(repeat('00', 32), 'hex');
                l audit_links;
                e audit_events;
            BEGIN
                FOR l IN SELECT * FROM audit_links ORDER BY position LOOP
                    SELECT * INTO e FROM audit_events WHERE event_id = l.event_id;
                    previous := test_hash(previous, l, e);
                    UPDATE audit_links SET hash = previous WHERE position = l.position;
                END LOOP;
                UPDATE audit_chains SET hash = previous;
            END
            $$
            """
        )
    }

    /// The hashes that are stored, the first one first.
    static func hashes(_ storage: TestStorage) async throws -> [[UInt8]] {
        try await storage.owner.query("SELECT hash FROM audit_links ORDER BY position").rows
            .map { try $0.value("hash") }
    }
}
