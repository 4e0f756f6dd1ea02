import PostgreSQL
import ReverseProxy
import Storage
import WebSSO
import Workspaces

extension Settings {
    /// The sessions in memory of a gateway, read from and written to the database behind `pool`.
    func sessionDirectory(over pool: ConnectionPool, signingWith keys: IdentityKeyDirectory) -> SessionDirectory {
        let store = SessionStore(pool: pool)
        return SessionDirectory(
            settings: SessionDirectory.Settings(
                staleLimit: self.sessions.staleLimit,
                maximumReadings: GatewayPools.sessionConnections
            ),
            identityHeaders: self.routing.identityHeaders,
            tokens: IdentityTokenSource { [issuer = self.listener.publicURL.origin] session, audience, now in
                keys.token(for: session, issuer: issuer, audience: audience, now: now)
            },
            load: { hashes in try await store.sessions(hashes) },
            recordActivity: { activities in
                try await store.touch(
                    activities.map { activity in
                        SessionTouch(
                            workspaceID: activity.workspaceID,
                            sessionID: activity.sessionID,
                            lastSeenAt: activity.lastSeenAt
                        )
                    }
                )
            }
        )
    }
}
