import PostgreSQL
import Workspaces

/// Brings the sessions that are there under a limit that has become shorter.
///
/// A longer one is for new sessions: what set the end of the others, the identity provider perhaps, is not kept.
enum SessionShortening {
    /// The statements for a workspace's change; none where no limit of its own changes.
    static func statements(from old: Workspace, to new: Workspace) -> [SQL] {
        var statements: [SQL] = []
        if let maxAge = new.sessionMaxAge, maxAge != old.sessionMaxAge {
            statements.append(
                """
                UPDATE sessions SET expires_at = authenticated_at + make_interval(secs => \(maxAge.wholeSeconds))
                WHERE workspace_id = portico_workspace()
                    AND expires_at > authenticated_at + make_interval(secs => \(maxAge.wholeSeconds))
                """
            )
        }
        if let maxIdle = new.sessionMaxIdle, maxIdle != old.sessionMaxIdle {
            statements.append(
                """
                UPDATE sessions SET max_idle_seconds = \(maxIdle.wholeSeconds)
                WHERE workspace_id = portico_workspace() AND max_idle_seconds > \(maxIdle.wholeSeconds)
                """
            )
        }
        return statements
    }
}
