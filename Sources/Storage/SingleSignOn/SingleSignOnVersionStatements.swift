import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about the versions of the present workspace's single sign-on settings.
///
/// Whoever writes one holds the lock of the workspace, so that no two get the same number.
enum SingleSignOnVersionStatements {
    /// Which part of the history a new version is.
    enum Place: Sendable {
        /// What somebody wants to try, in the place of every earlier draft.
        case draft
        /// What counts from now on.
        case inForce
    }

    /// Keeps settings as the newest version; the row of the result has its number.
    static func insert(
        _ settings: SingleSignOnSettings,
        digest: SingleSignOnVersion,
        as place: Place,
        actor: AuditActor,
        now: Date
    ) throws -> SQL {
        let json = try PostgreSQLJSON(encoding: StoredSingleSignOnSettings(settings))
        let isDraft = place == .draft
        return """
            WITH promoted AS (
                UPDATE single_sign_on_versions SET is_draft = false, in_force_at = \(now)
                WHERE workspace_id = portico_workspace() AND is_draft AND NOT \(isDraft)
                    AND digest = \(digest.description)
                RETURNING number
            )
            INSERT INTO single_sign_on_versions (workspace_id, number, digest, settings, actor_kind, actor_email, saved_at,
                is_draft, in_force_at, passed_at)
            SELECT portico_workspace(), coalesce(max(v.number), 0) + 1, \(digest.description), \(json), \(actor.kind),
                \(actor.email?.value), \(now), \(isDraft), \(isDraft ? nil : now),
                max(v.passed_at) FILTER (WHERE v.digest = \(digest.description))
            FROM single_sign_on_versions v WHERE v.workspace_id = portico_workspace()
            HAVING NOT EXISTS (SELECT 1 FROM promoted)
            RETURNING number
            """
    }

    /// Keeps settings that were saved before versions were kept, where nothing is kept yet.
    static func baseline(_ configured: ConfiguredWorkspace, now: Date) throws -> [SQL] {
        guard let settings = SingleSignOnSettings(of: configured) else { return [] }
        let json = try PostgreSQLJSON(encoding: StoredSingleSignOnSettings(settings))
        let digest = SingleSignOnVersion(of: configured)
        return [
            """
            INSERT INTO single_sign_on_versions (workspace_id, number, digest, settings, actor_kind, saved_at, is_draft,
                in_force_at)
            SELECT portico_workspace(), 1, \(digest.description), \(json), 'system', \(now), false, \(now)
            WHERE NOT EXISTS (SELECT 1 FROM single_sign_on_versions WHERE workspace_id = portico_workspace())
            """
        ]
    }

    /// Gives the draft up, which stays among the versions.
    static let endDraft: SQL =
        "UPDATE single_sign_on_versions SET is_draft = false WHERE workspace_id = portico_workspace() AND is_draft"

    /// Drops what is more than the newest hundred versions that were in force, and the newest hundred that never were,
    /// without the draft and what is in force: many drafts must not take away what somebody may want to go back to.
    static let prune: SQL = """
        DELETE FROM single_sign_on_versions v
        WHERE workspace_id = portico_workspace() AND NOT is_draft
            AND number <= (SELECT number FROM single_sign_on_versions
                WHERE workspace_id = portico_workspace() AND (in_force_at IS NULL) = (v.in_force_at IS NULL)
                ORDER BY number DESC OFFSET 100 LIMIT 1)
            AND in_force_at IS DISTINCT FROM (SELECT max(in_force_at) FROM single_sign_on_versions
                WHERE workspace_id = portico_workspace())
        """

    /// Asks when a test sign-in of settings succeeded.
    static func passedAt(_ digest: SingleSignOnVersion) -> SQL {
        """
        SELECT max(passed_at) AS passed_at FROM single_sign_on_versions
        WHERE workspace_id = portico_workspace() AND digest = \(digest.description)
        """
    }

    /// Finds the newest version of settings.
    static func number(of digest: SingleSignOnVersion) -> SQL {
        """
        SELECT number FROM single_sign_on_versions
        WHERE workspace_id = portico_workspace() AND digest = \(digest.description) ORDER BY number DESC LIMIT 1
        """
    }

    /// The columns of a version.
    static let columns: SQL = "number, settings, actor_kind, actor_email, saved_at, is_draft, in_force_at, passed_at"

    /// Reads the draft.
    static let draft: SQL = """
        SELECT \(fragment: columns) FROM single_sign_on_versions WHERE workspace_id = portico_workspace() AND is_draft
        """

    /// Notes that a test sign-in of the settings of a version succeeded, for every version that says the same.
    static func pass(version: Int, now: Date) -> SQL {
        """
        UPDATE single_sign_on_versions SET passed_at = \(now)
        WHERE workspace_id = portico_workspace() AND digest = (SELECT digest FROM single_sign_on_versions
            WHERE workspace_id = portico_workspace() AND number = \(version))
        """
    }

    /// Forgets everything.
    static let forget: [SQL] = [
        """
        WITH tests AS (
            DELETE FROM sign_in_tests WHERE workspace_id = portico_workspace() RETURNING request_id
        )
        DELETE FROM authn_request_index i USING tests WHERE i.request_id = tests.request_id
        """,
        "DELETE FROM single_sign_on_versions WHERE workspace_id = portico_workspace()",
    ]
}

extension Row {
    /// Reads the column `settings` of a version.
    func singleSignOnSettings() throws -> SingleSignOnSettings {
        try self.value("settings", as: PostgreSQLJSON.self).decode(as: StoredSingleSignOnSettings.self).restored()
    }
}
