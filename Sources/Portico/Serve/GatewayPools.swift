import Logging
import PostgreSQL

/// The database connections of a gateway, apart by purpose.
///
/// Anybody can cause readings of sessions by sending invented cookies; these must not take the connections that
/// sign-ins need.
struct GatewayPools: Sendable {
    /// For sign-in and everything else under the reserved prefix, and for retention.
    let controlPlane: ConnectionPool

    /// For sessions that are not in memory.
    let sessions: ConnectionPool

    /// How many of the latter there are.
    static let sessionConnections = 4

    /// Makes both; nothing is connected before its first use.
    init(_ configuration: PostgreSQLConfiguration, logger: Logger) {
        var forSessions = configuration
        forSessions.poolSize = Self.sessionConnections
        self.controlPlane = ConnectionPool(configuration: configuration, logger: logger)
        self.sessions = ConnectionPool(configuration: forSessions, logger: logger)
    }

    /// Closes every connection.
    func shutDown() async {
        await self.controlPlane.shutDown()
        await self.sessions.shutDown()
    }
}
