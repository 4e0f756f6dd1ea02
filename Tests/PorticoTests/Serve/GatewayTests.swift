import LocalServers
import Testing
import Workspaces

@testable import Portico

/// The whole gateway over a real PostgreSQL and real sockets.
@Suite("The gateway")
struct GatewayTests {
    private let navigation = ["Sec-Fetch-Mode: navigate", "Accept: text/html"]

    @Test("A browser without a session is sent to the sign-in page, which is served")
    func signInPage() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let navigation = self.navigation
        try await GatewayRun.with(database: database.uri) { addresses in
            let redirect = try await HTTPExchange.get("/reports?x=1", at: addresses.gateway, headers: navigation)
            #expect(redirect.status == 302)
            let location = try #require(redirect.header("Location"))
            #expect(location.hasSuffix("/.portico/sign-in?rd=/reports%3Fx%3D1"))
            let page = try await HTTPExchange.get("/.portico/sign-in", at: addresses.gateway, headers: navigation)
            #expect(page.status == 200)
            #expect(page.header("Content-Security-Policy") != nil)
            #expect(page.body.contains("Company ID"))
            let program = try await HTTPExchange.get("/api", at: addresses.gateway)
            #expect(program.status == 401)
            #expect(program.body.contains("session_required"))
        }
    }

    @Test(
        "A head for the control plane that is not ASCII is refused before its texts are compared",
        arguments: ["X-Forwarded-For: \u{e9}", "Accept: text/html\u{301}"]
    )
    func nonASCIIHead(_ header: String) async throws {
        let database = try await TestDatabase.make(in: try await PrivateCluster.shared())
        try await GatewayRun.with(database: database.uri) { addresses in
            let page = try await HTTPExchange.get("/.portico/sign-out", at: addresses.gateway, headers: [header])
            #expect(page.status == 400)
        }
    }

    @Test("The operations listener answers ping and ready, the gateway does not")
    func operations() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        try await GatewayRun.with(database: database.uri) { addresses in
            #expect(try await HTTPExchange.get("/ping", at: addresses.operations).status == 200)
            try await GatewayRun.eventually {
                let ready = try await HTTPExchange.get("/ready", at: addresses.operations)
                return ready.status == 200 && ready.body.contains("\"saml_keys\":\"ok\"")
                    && ready.body.contains("\"identity_keys\":\"ok\"")
                    && ready.body.contains("\"session_changes\":\"ok\"")
            }
            #expect(try await HTTPExchange.get("/ready", at: addresses.gateway).status == 401)
        }
    }

    @Test("A database without tables is told by ready, and so is their coming")
    func pendingMigrations() async throws {
        let database = try await TestDatabase.make(in: try await PrivateCluster.shared())
        try await GatewayRun.with(database: database.uri) { addresses in
            let before = try await HTTPExchange.get("/ready", at: addresses.operations)
            #expect(before.status == 503)
            try await database.migrate()
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/ready", at: addresses.operations).status == 200
            }
        }
    }

    @Test("A member reaches the application with headers of Portico's, and a revoked session ends on every node")
    func revocation() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let headers = ["Cookie: __Host-portico_session=\(token.cookieValue)", "X-Portico-Role: OWNER"]
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { first in
            try await GatewayRun.with(database: database.uri, upstream: upstream.url) { second in
                for node in [first, second] {
                    try await GatewayRun.eventually {
                        try await HTTPExchange.get("/ready", at: node.operations).body
                            .contains("\"session_changes\":\"ok\"")
                    }
                    try await GatewayRun.eventually {
                        try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 200
                    }
                    let answer = try await HTTPExchange.get("/hello", at: node.gateway, headers: headers)
                    #expect(answer.status == 200)
                    #expect(answer.body.contains("X-Portico-Workspace: company-a"))
                    #expect(answer.body.contains("X-Portico-Role: ADMIN"))
                    #expect(!answer.body.contains("OWNER"))
                    #expect(!answer.body.contains(token.cookieValue))
                    let person = try await HTTPExchange.get("/.portico/userinfo", at: node.gateway, headers: headers)
                    #expect(person.status == 200)
                    #expect(person.body.contains(#""email":"ann@company-a.example""#))
                }
                try await database.revokeSessions(of: "company-a")
                for node in [first, second] {
                    // A session is read again in the background after a minute: one that nobody told of would end then.
                    try await GatewayRun.eventually(within: .seconds(20)) {
                        try await HTTPExchange.get("/hello", at: node.gateway, headers: headers).status == 401
                    }
                    let person = try await HTTPExchange.get("/.portico/userinfo", at: node.gateway, headers: headers)
                    #expect(person.status == 401)
                }
            }
        }
        try await upstream.stop()
    }

    @Test("While PostgreSQL is away, ready says 503, sign-in answers 503, members go on; then all is well again")
    func outage() async throws {
        let cluster = try await PrivateCluster.temporary()
        let database = try await TestDatabase.migrated(in: cluster)
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let cookie = ["Cookie: __Host-portico_session=\(token.cookieValue)"]
        let navigation = self.navigation
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { addresses in
            // The first reading of a session has two seconds, which a busy machine may need for its first connection.
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/hello", at: addresses.gateway, headers: cookie).status == 200
            }
            await cluster.stop()
            #expect(try await HTTPExchange.get("/ready", at: addresses.operations).status == 503)
            #expect(try await HTTPExchange.get("/hello", at: addresses.gateway, headers: cookie).status == 200)
            let signIn = try await HTTPExchange.get(
                "/.portico/sign-in?company_id=company-a",
                at: addresses.gateway,
                headers: navigation
            )
            #expect(signIn.status == 503)
            #expect(signIn.body.contains("unavailable"))
            try await cluster.start()
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/ready", at: addresses.operations).status == 200
            }
            #expect(try await HTTPExchange.get("/hello", at: addresses.gateway, headers: cookie).status == 200)
        }
        await cluster.stop()
        try await upstream.stop()
    }

    @Test("A gateway starts while the database is away, and is ready when it comes")
    func lateDatabase() async throws {
        let cluster = try await PrivateCluster.temporary()
        let database = try await TestDatabase.migrated(in: cluster)
        await cluster.stop()
        try await GatewayRun.with(database: database.uri) { addresses in
            #expect(try await HTTPExchange.get("/ping", at: addresses.operations).status == 200)
            #expect(try await HTTPExchange.get("/ready", at: addresses.operations).status == 503)
            try await cluster.start()
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/ready", at: addresses.operations).status == 200
            }
        }
        await cluster.stop()
    }
}
