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
    /// How many readings each of them has done before the first person waits for one.
    private static let rehearsals = 16

    /// Makes both; nothing is connected before its first use.
    init(_ configuration: PostgreSQLConfiguration, logger: Logger) {
        var forSessions = configuration
        forSessions.poolSize = Self.sessionConnections
        self.controlPlane = ConnectionPool(configuration: configuration, logger: logger)
        self.sessions = ConnectionPool(configuration: forSessions, logger: logger)
    }

    /// Opens the connections for sessions and has each read some, so that the first person after a start does not wait for
    /// what only the first readings of a connection do: PostgreSQL's process fills its caches with them.
    ///
    /// - Parameter tokens: Sessions that there are. Without any, each connection looks for one that is not there.
    func warmUp(reading tokens: [SessionTokenHash]) async {
        let store = SessionStore(pool: self.sessions)
        await withTaskGroup(of: Void.self) { group in
            for connection in 0..<Self.sessionConnections {
                group.addTask {
                    for rehearsal in 0..<Self.rehearsals {
                        let place = connection * Self.rehearsals + rehearsal
                        let token = tokens.isEmpty ? SessionToken.random().hash : tokens[place % tokens.count]
                        do {
                            _ = try await store.session(token)
                        } catch {
                            // A database that does not answer is told of elsewhere.
                            return
                        }
                    }
                }
            }
        }
    }

    /// Closes every connection.
    func shutDown() async {
        await self.controlPlane.shutDown()
        await self.sessions.shutDown()
    }
}
