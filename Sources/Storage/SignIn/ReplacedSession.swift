import FoundationEssentials
import PostgreSQL
import Workspaces

/// The session that a browser had before it signed in again (behavior S4).
///
/// It may be of another workspace than the sign-in, because a browser has one session. Ending it is the last thing that
/// the transaction does, inside that other workspace: what the person held goes, and nothing else there can change.
struct ReplacedSession: Sendable {
    let tokenHash: [UInt8]

    /// Deletes the session, if it still lives, and tells every node.
    ///
    /// - Throws: `PostgreSQLError`.
    func end(in transaction: Transaction) async throws {
        let found = try await transaction.pipeline([
            """
            SELECT set_config('portico.workspace_id', coalesce(
                (SELECT workspace_id::text FROM session_tokens WHERE token_hash = \(self.tokenHash)), ''), true)
            """,
            """
            SELECT session_id FROM sessions
            WHERE workspace_id = portico_workspace() AND token_hash = \(self.tokenHash)
            """,
        ])
        guard let row = try found[1].optionalRow() else {
            return
        }
        let invalidation = SessionInvalidation.session(SessionID(try row.value("session_id", as: UUID.self)))
        try await transaction.pipeline([
            SessionDeletion.statement(for: invalidation), SessionDeletion.notify(invalidation),
        ])
    }
}
