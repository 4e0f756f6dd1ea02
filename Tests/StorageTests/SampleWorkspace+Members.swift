import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

/// People who are there, and what is done to them.
extension SampleWorkspace {
    /// Adds members in bulk, each with a session.
    func addPeople(_ count: Int) async throws {
        try await self.storage.owner.query(
            """
            WITH people AS MATERIALIZED (
                SELECT person, gen_random_uuid() AS user_id, sha256(convert_to('person ' || person, 'UTF8')) AS token_hash
                FROM generate_series(1, \(count)) AS person
            ), members AS (
                INSERT INTO memberships (workspace_id, user_id, email, display_name, state, role, role_source, created_at)
                SELECT \(self.id.uuid), user_id, person || '@' || \(self.domain), 'Person', 'ACTIVE', 'LABELER',
                    'saml_roles', \(Self.now) FROM people
            ), tokens AS (
                INSERT INTO session_tokens (token_hash, workspace_id, expires_at)
                SELECT token_hash, \(self.id.uuid), \(Self.now) FROM people
            )
            INSERT INTO sessions (workspace_id, session_id, token_hash, user_id, authenticated_at, expires_at,
                max_idle_seconds, last_seen_at, idp_issuer)
            SELECT \(self.id.uuid), gen_random_uuid(), token_hash, user_id, \(Self.now), \(Self.now), 3600, \(Self.now),
                \(Self.issuer) FROM people
            """
        )
    }

    /// Gives every member a group, and so many spaces and projects.
    func addParts(_ count: Int) async throws {
        let statements: [SQL] = [
            """
            INSERT INTO spaces (workspace_id, space_id, title) SELECT \(self.id.uuid), 'S' || place, 'Space ' || place
            FROM generate_series(1, \(count)) AS place ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO projects (workspace_id, project_id, title) SELECT \(self.id.uuid), 'P' || place, 'Project ' || place
            FROM generate_series(1, \(count)) AS place ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO member_groups (workspace_id, user_id, group_name)
            SELECT workspace_id, user_id, 'everybody' FROM memberships WHERE workspace_id = \(self.id.uuid)
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO member_spaces (workspace_id, user_id, space_id, source)
            SELECT workspace_id, user_id, space_id, 'manual' FROM memberships JOIN spaces USING (workspace_id)
            WHERE workspace_id = \(self.id.uuid) ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO member_projects (workspace_id, user_id, project_id, role, source)
            SELECT workspace_id, user_id, project_id, 'LABELER', 'manual' FROM memberships JOIN projects USING (workspace_id)
            WHERE workspace_id = \(self.id.uuid) ON CONFLICT DO NOTHING
            """,
        ]
        for statement in statements { try await self.storage.owner.query(statement) }
    }

    /// The membership of a person who is there.
    func member(_ localPart: String) async throws -> Membership {
        try #require(try await self.members.membership(self.scope, of: try self.email(localPart)))
    }

    /// An address of the workspace's domain.
    func email(_ localPart: String) throws -> Email {
        try #require(Email("\(localPart)@\(self.domain)"))
    }

    /// Does something to a person as the operator.
    @discardableResult
    func administer(
        _ localPart: String,
        as attempt: MemberChangeAttempt = .removal,
        _ decide: @Sendable (MemberAdministration, UserRegistration) throws -> MemberAdministrationOutcome
    ) async throws -> MemberAdministrationOutcome {
        try await self.members.administer(self.request(attempt, of: try self.email(localPart)), decide: decide)
    }

    /// What the operator asks for about a person, so many seconds later.
    func request(
        _ attempt: MemberChangeAttempt,
        of email: Email,
        after seconds: TimeInterval = 0
    ) -> MemberChangeRequest {
        MemberChangeRequest(
            attempt,
            of: email,
            in: self.scope,
            catalogue: .standard,
            management: MembershipManagement(),
            actor: .operator,
            now: Self.now.addingTimeInterval(seconds)
        )
    }
}
