import Foundation
import LocalServers
import Testing
import Workspaces

@testable import Portico

#if canImport(Glibc)
import Glibc
#endif

@Suite("A node whose database fell silent for its listener alone")
struct DeafListenerTests {
    /// The connection that listens is asked each second, and given up 2 s later; a session is read again then.
    private static let patience = Duration.seconds(10)

    @Test("A revoked session ends within seconds, though nobody heard of it")
    func revocation() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let headers = ["Cookie: __Host-portico_session=\(token.cookieValue)"]
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { node in
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/ready", at: node.operations).body.contains("\"session_changes\":\"ok\"")
            }
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 200
            }
            // What listens, and what looks whether the database is there: neither answers nor hangs up, as behind a network
            // that swallows packets.
            var stopped: [pid_t] = []
            try await GatewayRun.eventually {
                stopped = try await database.backends(whoseLastStatementWas: "SELECT 1")
                return stopped.count == 2
            }
            for backend in stopped { #expect(kill(backend, SIGSTOP) == 0) }
            try await database.revokeSessions(of: "company-a")
            let revoked = ContinuousClock.now
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 401
            }
            #expect(revoked.duration(to: .now) < Self.patience)
            for backend in stopped { #expect(kill(backend, SIGCONT) == 0) }
        }
        try await upstream.stop()
    }
}
