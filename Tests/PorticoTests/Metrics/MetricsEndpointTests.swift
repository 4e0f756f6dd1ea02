import Foundation
import LocalServers
import Testing
import Workspaces
import XMLSecurity

@testable import Portico

/// The metrics of a whole gateway, over a real PostgreSQL and real sockets.
@Suite("The metrics of a gateway")
struct MetricsEndpointTests {
    private func metrics(of addresses: GatewayAddresses) async throws -> PrometheusText {
        let answer = try await HTTPExchange.get("/metrics", at: addresses.operations)
        #expect(answer.status == 200)
        #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.header("Cache-Control") == "no-store")
        return try PrometheusText(answer.text)
    }

    /// What a metric grew by, by the values of its labels.
    private func growth(_ name: String, from before: PrometheusText, to after: PrometheusText) -> [[String]: Double] {
        let earlier = before.counts(name)
        return after.counts(name).merging(earlier) { $0 - $1 }.filter { $0.value != 0 }
    }

    @Test("Requests of every outcome are counted exactly, and nothing tells of whom they were")
    func requests() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let cookie = ["Cookie: __Host-portico_session=\(token.cookieValue)"]
        let navigation = ["Sec-Fetch-Mode: navigate", "Accept: text/html"]
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { addresses in
            let gateway = addresses.gateway
            // From the first answer on, the session is in memory and no request waits for the database.
            try await GatewayRun.eventually {
                try await self.metrics(of: addresses).value("portico_session_changes_heard") == 1
            }
            try await GatewayRun.eventually {
                try await HTTPExchange.get("/secret-path", at: gateway, headers: cookie).status == 200
            }
            let before = try await self.metrics(of: addresses)
            for _ in 0..<5 {
                #expect(try await HTTPExchange.get("/secret-path", at: gateway, headers: cookie).status == 200)
            }
            for _ in 0..<3 { #expect(try await HTTPExchange.get("/secret-path", at: gateway).status == 401) }
            for _ in 0..<2 {
                let redirect = try await HTTPExchange.get("/secret-path", at: gateway, headers: navigation)
                #expect(redirect.status == 302)
            }
            #expect(try await HTTPExchange.get("/.portico/auth", at: gateway, headers: cookie).status == 200)
            for path in ["/.portico/sign-in", "/.portico/sign-in", "/.portico/saml/secret-path/x"] {
                _ = try await HTTPExchange.get(path, at: gateway, headers: navigation)
            }
            try await GatewayRun.eventually {
                try await HTTPExchange.post("/.portico/saml/acs", "SAMLResponse=x", at: gateway).status == 400
            }
            let after = try await self.metrics(of: addresses)

            #expect(
                self.growth("portico_http_requests_total", from: before, to: after)
                    == [["default", "GET", "2xx"]: 5, ["default", "GET", "4xx"]: 3, ["default", "GET", "3xx"]: 2]
            )
            let refusals = self.growth("portico_http_refusals_total", from: before, to: after)
            #expect(refusals == [["session_required"]: 5])
            #expect(self.growth("portico_forward_auth_requests_total", from: before, to: after) == [["2xx"]: 1])
            let histogram = "portico_http_request_duration_seconds_count"
            let counted = try #require(after.value(histogram, ["route": "default"]))
            #expect(counted - (try #require(before.value(histogram, ["route": "default"]))) == 10)
            let endpoints = self.growth("portico_control_plane_requests_total", from: before, to: after)
            #expect(endpoints[["/.portico/sign-in", "200"]] == 2)
            #expect(endpoints[["", "404"]] == 1)
            #expect(endpoints[["/.portico/saml/acs", "400"]] == 1)
            let signIns = after.counts("portico_sign_ins_total")
            #expect(signIns[["xml_invalid"]] == 1)
            #expect(signIns[["accepted"]] == nil)
            #expect(after.value("portico_sessions_in_memory") == 1)
            #expect(after.value("portico_http_requests_in_flight") == 0)
            #expect(after.value("portico_database_up") == 1)
            #expect(after.value("portico_database_connections_limit", ["pool": "sessions"]) == 4)
            #expect(after.value("portico_upstream_connections", ["upstream": upstream.url, "state": "busy"]) == 0)
            #expect(try #require(after.value("process_start_time_seconds")) <= Date().timeIntervalSince1970)

            let page = try await HTTPExchange.get("/metrics", at: addresses.operations).body
            for text in ["company-a", "ann@", "secret-path", token.cookieValue] { #expect(!page.contains(text)) }
        }
        try await upstream.stop()
    }

    @Test("Every metric is printed with its help text and type, and with the labels that the manual has")
    func families() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        try await GatewayRun.with(database: database.uri) { addresses in
            _ = try await HTTPExchange.get("/", at: addresses.gateway)
            let page = try await self.metrics(of: addresses)
            #expect(page.families.map(\.name) == MetricFamily.all.map(\.name))
            for (family, printed) in zip(MetricFamily.all, page.families) {
                #expect(printed.help == family.help)
                #expect(printed.kind == family.kind.rawValue)
                #expect(printed.samples.allSatisfy { $0.labelNames.filter { $0 != "le" } == family.labels })
            }
        }
    }

    @Test("While the database is away, metrics are told, and that it is away")
    func outage() async throws {
        // Nothing listens on a port below 1024.
        try await GatewayRun.with(database: "postgresql://portico@127.0.0.1:9/portico") { addresses in
            try await GatewayRun.eventually {
                try await self.metrics(of: addresses).value("portico_database_up") == 0
            }
            let page = try await self.metrics(of: addresses)
            #expect(page.value("portico_session_changes_heard") == 0)
            #expect(page.value("portico_sessions_in_memory") == 0)
            #expect(page.families.first { $0.name == "portico_sp_certificate_days_left" }?.samples == [])
        }
    }

    @Test("The days of the gateway's own certificates are told")
    func certificates() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "FetchingTests/Fixtures")
        let files = ["server.pem", "server.key"].map { folder.appending(path: $0).path }
        let tls = try TLSSettings.load(certificate: files[0], key: files[1])
        let certificate = try SigningCertificate(der: try Self.firstCertificate(files[0]))
        #expect(tls.certificateEnd == certificate.notAfter)
        let changes = [
            "PORTICO_TLS_CERTIFICATE": files[0], "PORTICO_TLS_KEY": files[1],
            "PORTICO_PUBLIC_URL": "https://localhost",
        ]
        try await GatewayRun.with(database: database.uri, changes: changes) { addresses in
            try await GatewayRun.eventually {
                try await self.metrics(of: addresses).counts("portico_sp_certificate_days_left").count == 2
            }
            let before = tls.certificateEnd.timeIntervalSinceNow / 86_400
            let page = try await self.metrics(of: addresses)
            let after = tls.certificateEnd.timeIntervalSinceNow / 86_400
            let left = try #require(page.value("portico_tls_certificate_days_left"))
            #expect(left <= before && left >= after)
            for use in ["signing", "encryption"] {
                let left = try #require(page.value("portico_sp_certificate_days_left", ["use": use]))
                #expect((1_824...1_825).contains(left.rounded(.up)))
            }
        }
    }

    /// The bytes of the first certificate of a PEM file.
    private static func firstCertificate(_ path: String) throws -> [UInt8] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let block = try #require(text.firstMatch(of: /-----BEGIN CERTIFICATE-----([A-Za-z0-9+\/=\s]+)-----END/))
        return Array(try #require(Data(base64Encoded: String(block.1), options: .ignoreUnknownCharacters)))
    }

    @Test("The gateway itself has no metrics")
    func gateway() async throws {
        try await GatewayRun.with(database: "postgresql://portico@127.0.0.1:9/portico") { addresses in
            let answer = try await HTTPExchange.get("/metrics", at: addresses.gateway)
            #expect(answer.status == 401)
        }
    }
}
