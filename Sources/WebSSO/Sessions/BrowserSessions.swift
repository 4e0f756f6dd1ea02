import FoundationEssentials
import GatewayHTTP
import HTTPTypes
import Storage
import Workspaces

/// Finds the session of a browser, always in the database: these endpoints change sessions and must not act on a copy.
struct BrowserSessions: Sendable {
    let store: SessionStore
    let cookies: PorticoCookies
    let now: @Sendable () -> Date

    /// The session that the browser's cookie opens, when it opens one.
    func current(_ headers: HTTPFields) async throws -> Session? {
        guard let session = try await self.stored(headers) else { return nil }
        return session.validity(at: self.now()) == .valid ? session : nil
    }

    /// The session of the browser's cookie, whether or not it has come to its end.
    ///
    /// The database hears late when a session was last used: the data plane may still let in whom it counts as idle.
    func stored(_ headers: HTTPFields) async throws -> Session? {
        guard let token = self.cookies.session(in: headers).flatMap({ SessionToken(cookieValue: $0) }) else {
            return nil
        }
        return try await self.store.session(token.hash)
    }

    /// Ends the session of the browser's cookie, when there is one.
    @discardableResult
    func end(_ headers: HTTPFields) async throws -> EndedSession? {
        guard let session = try await self.stored(headers) else { return nil }
        return try await self.end(session)
    }

    /// Ends a session.
    @discardableResult
    func end(_ session: Session) async throws -> EndedSession? {
        try await self.store.signOut(WorkspaceScope(session.workspaceID), session: session, now: self.now())
    }
}
