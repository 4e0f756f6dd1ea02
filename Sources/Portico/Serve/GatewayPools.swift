import Logging
import PostgreSQL
import Storage
import Workspaces

/// The database connections of a gateway, apart by purpose.
///
/// Anybody can cause readings of sessions by sending invented cookies; these must not take the connections that
/// sign-ins need.
struct GatewayPools: Sendable {
    /// For sign-in and everything else under the reserved prefix, and for retention.
    let controlPlane: ConnectionPool

    /// For sessions that are not in memory.
    let sessions: ConnectionPool

    /// How many connections there are for sessions.
    static let sessionConnections = 4

    /// Makes both; nothing is connected before its first use.
    init(_ configuration: PostgreSQLConfiguration, logger: Logger) {
        var forSessions = configuration
        forSessions.poolSize = Self.sessionConnections
        self.controlPlane = ConnectionPool(configuration: configuration, logger: logger)
        self.sessions = ConnectionPool(configuration: forSessions, logger: logger)
    }

    /// Opens the connections for sessions, each of which prepares its statement, so that the first person after a start
    /// does not wait for that; a database that does not answer is told of elsewhere.
    func warmUp() async {
        let store = SessionStore(pool: self.sessions)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.sessionConnections {
                group.addTask { _ = try? await store.session(SessionToken.random().hash) }
            }
        }
    }

    /// Closes every connection.
    func shutDown() async {
        await self.controlPlane.shutDown()
        await self.sessions.shutDown()
    }
}
