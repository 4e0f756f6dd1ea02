import Crypto
import FoundationEssentials
import PostgreSQL
import Workspaces

/// The statements about the alerts of the present workspace.
enum AlertStatements {
    /// Has an alert mailed, unless one of its kind about the same thing was raised lately, or its kind was about too many
    /// things: the end of a statement with the parts `event`, which holds `occurred_at`, and `written`, which holds the
    /// `event_id` of the line in the audit log.
    ///
    /// Where several transactions raise one alert at once, all but the first find its row behind the lock of the key, which
    /// is not looked for where there is a row already: then nobody waits.
    static func raise(_ alert: Alert, at time: Date) -> SQL {
        let subject = Array(SHA256.hash(data: Array(alert.subject.utf8)))
        let quietSince = time.addingTimeInterval(-Alert.quietTime)
        let lately: SQL = """
            SELECT subject_sha256 FROM alerts
            WHERE workspace_id = portico_workspace() AND kind = \(alert.kind.rawValue) AND raised_at > \(quietSince)
            """
        return """
            , raised AS (
                INSERT INTO alerts (workspace_id, kind, subject_sha256, raised_at)
                SELECT portico_workspace(), \(alert.kind.rawValue), \(subject), occurred_at FROM event
                WHERE NOT EXISTS (SELECT FROM (\(fragment: lately)) l WHERE l.subject_sha256 = \(subject))
                    AND (SELECT count(*) FROM (\(fragment: lately)) l) < \(Alert.maximumSubjects)
                ON CONFLICT (workspace_id, kind, subject_sha256) DO UPDATE SET raised_at = excluded.raised_at
                    WHERE alerts.raised_at <= \(quietSince)
                RETURNING raised_at
            )
            INSERT INTO alert_mail_queue (mail_id, workspace_id, event_id, raised_at, due_at)
            SELECT \(UUID()), portico_workspace(), event_id, raised_at, raised_at FROM raised, written
            """
    }

    /// Forgets all that was and is to be mailed, of a workspace that is deleted.
    static let forget: [SQL] = [
        "DELETE FROM alerts WHERE workspace_id = portico_workspace()",
        "DELETE FROM alert_mail_queue WHERE workspace_id = portico_workspace()",
    ]
}
