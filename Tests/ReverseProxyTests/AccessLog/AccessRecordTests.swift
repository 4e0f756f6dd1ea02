import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("What the access log is told")
struct AccessRecordTests {
    /// What was told, in order.
    private final class Records: Sendable {
        private let state = Mutex<[AccessRecord]>([])

        var all: [AccessRecord] { self.state.withLock { $0 } }

        var recorder: AccessRecorder {
            { record in self.state.withLock { $0.append(record) } }
        }
    }

    private let records = Records()

    private func gateway(
        _ upstream: TestUpstream,
        trusting: String? = nil,
        route change: (inout Route) -> Void = { _ in }
    ) async throws -> TestGateway {
        try await TestGateway.start(upstream, authentication: .required, route: change) { configuration in
            configuration.recordAccess = self.records.recorder
            if let block = trusting.flatMap({ CIDRBlock($0) }) {
                configuration.trustedProxies = TrustedProxies([block])
            }
        }
    }

    @Test func aRequestWithItsSessionAndWithoutSecrets() async throws {
        let upstream = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
        let gateway = try await self.gateway(upstream)
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connect()
        try await client.send(
            "GET /tasks/1?token=secret HTTP/1.1\r\nHost: a.example:80\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
        )
        try await client.wait { $0.count >= 3 && $0.suffix(3).elementsEqual(Array("abc".utf8)) }
        let length = client.buffered.utf8.count
        let answer = try await client.readMessage()
        let record = try #require(self.records.all.first)
        #expect(self.records.all.count == 1)
        #expect(record.client == "127.0.0.1")
        #expect(record.method == "GET" && record.host == "a.example:80" && record.path == "/tasks/1")
        #expect(record.route == "default" && record.status == 200 && record.ending == .complete)
        #expect(record.sentBytes == length)
        #expect(record.duration > .zero)
        #expect(record.requestID == answer["X-Request-Id"] || answer["X-Request-Id"] == nil)
        #expect(record.workspace == "company-a" && record.user == session.subject.description)
        let text = "\(record)"
        #expect(!text.contains("secret") && !text.contains(cookie) && !text.contains("@"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func refusalsAndMessagesThatAreNotHTTP() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream, route: { $0.pathPrefix = "/app" })
        var ids: [String?] = []
        for request in [
            "GET /app/x HTTP/1.1\r\nHost: a\r\n\r\n", "PATCH /other HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "garbage\r\n\r\n",
        ] { ids.append(try await gateway.exchange(request)["X-Request-Id"]) }
        let records = self.records.all
        #expect(records.map(\.status) == [401, 404, 400])
        #expect(records.map(\.method) == ["GET", "PATCH", nil])
        #expect(records.map(\.path) == ["/app/x", "/other", nil])
        #expect(records.map(\.route) == ["default", nil, nil])
        #expect(records.map(\.requestID) == ids)
        #expect(records.allSatisfy { $0.ending == .complete && $0.sentBytes > 0 && $0.workspace == nil })
        await gateway.stop()
        await upstream.stop()
    }

    @Test func theControlPlanesRequestsAreTold() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream)
        let client = try await gateway.connect()
        try await client.send(
            "POST /.portico/form?token=secret HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                + "GET /.portico/auth HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        for status in [200, 401] { #expect(try await client.readMessage().status == status) }
        try await eventually { self.records.all.count == 2 }
        let records = self.records.all
        #expect(records.map(\.path) == ["/.portico/form", "/.portico/auth"])
        #expect(records.map(\.method) == ["POST", "GET"])
        #expect(records.map(\.status) == [200, 401])
        #expect(records.allSatisfy { $0.route == nil && $0.ending == .complete && $0.sentBytes > 0 })
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anExchangeThatBreaksOffIsToldOnce() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            thenCloses: true
        )
        let gateway = try await self.gateway(upstream, route: { $0.authentication = .none })
        let client = try await gateway.connect()
        try await client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n")
        try await client.waitForEnd()
        try await gateway.waitForNoConnections()
        #expect(self.records.all.map(\.ending) == [.broken])
        #expect(self.records.all.map(\.status) == [200])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("a tunnel is told once, at its end", arguments: [true, false])
    func aTunnel(_ endsWithItsSession: Bool) async throws {
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await self.gateway(upstream)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.openTunnel(half: true, cookie: cookie)
        #expect(try await client.roundTrip("ping"))
        #expect(self.records.all.isEmpty)
        if endsWithItsSession {
            gateway.sessions.revoke(session)
            gateway.directory.invalidate(.session(session.id))
        } else {
            try await client.closeOutput()
        }
        try await client.waitForEnd()
        try await gateway.waitForNoConnections()
        #expect(self.records.all.map(\.ending) == [endsWithItsSession ? .broken : .complete])
        #expect(self.records.all.map(\.status) == [101] && self.records.all.map(\.path) == ["/live"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "the client's address counts as a trusted proxy tells it",
        arguments: [("127.0.0.0/8", "203.0.113.7"), ("10.0.0.0/8", "127.0.0.1")]
    )
    func client(_ trusted: String, _ address: String) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream, trusting: trusted)
        _ = try await gateway.exchange(
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.1, 203.0.113.7\r\n\r\n"
        )
        #expect(self.records.all.map(\.client) == [address])
        await gateway.stop()
        await upstream.stop()
    }
}
