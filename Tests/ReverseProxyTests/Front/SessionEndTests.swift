import Foundation
import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("What is open ends with its session")
struct SessionEndTests {
    /// A way in which a session ends, as every node hears of it.
    enum End: String, CaseIterable, CustomTestStringConvertible {
        case signOut
        case memberDeactivated
        case workspaceDisabled
        case unreadableChange

        var testDescription: String { self.rawValue }

        func happen(to session: Session, at gateway: TestGateway) {
            gateway.sessions.revoke(session)
            switch self {
            case .signOut: gateway.directory.invalidate(.session(session.id))
            case .memberDeactivated: gateway.directory.invalidate(.member(session.workspaceID, session.userID))
            case .workspaceDisabled: gateway.directory.invalidate(.workspace(session.workspaceID))
            case .unreadableChange: gateway.directory.invalidateAll()
            }
        }
    }

    private static func get(_ cookie: String) -> String {
        "GET /events HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n"
    }

    @Test("tunnels", arguments: End.allCases)
    func tunnelsEnd(_ end: End) async throws {
        let upstream = try await TestUpstream.tunnel()
        for authentication in [Route.Authentication.required, .optional] {
            let gateway = try await TestGateway.start(upstream, authentication: authentication)
            gateway.directory.listeningBegan()
            let (cookie, session) = try gateway.sessions.signIn()
            let other = try gateway.sessions.signIn()
            let bystander = try await gateway.openTunnel(cookie: other.cookie)
            let clients = [
                try await gateway.openTunnel(cookie: cookie), try await gateway.openTunnel(cookie: cookie),
            ]
            #expect(try await clients[0].roundTrip("ping"))
            end.happen(to: session, at: gateway)
            for client in clients {
                try await client.waitForEnd()
                #expect(client.wasReset)
            }
            try await upstream.waitUntilOpen(1)
            #expect(try await bystander.roundTrip("still here"))
            await bystander.close()
            for client in clients { await client.close() }
            try await gateway.waitForNoConnections()
            try await upstream.waitUntilOpen(0)
            await gateway.stop()
        }
        await upstream.stop()
    }

    @Test("streams of events", arguments: End.allCases)
    func streamsEnd(_ end: End) async throws {
        let upstream = try await TestUpstream.events()
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connect()
        try await client.send(Self.get(cookie))
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 200 "))
        #expect(try await client.expect("9\r\ndata: 1\n\n\r\n"))
        end.happen(to: session, at: gateway)
        try await client.waitForEnd()
        #expect(client.wasReset && client.buffered.isEmpty)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aRequestThatStillWaitsIsAnswered() async throws {
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readHead()
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream, authentication: .required)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connect()
        try await client.send(Self.get(cookie))
        try await gateway.wait { $0.phase == .exchanging }
        End.signOut.happen(to: session, at: gateway)
        let answer = try await client.readMessage()
        #expect(answer.status == 401 && answer.text.contains("session_required"))
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aChangedRoleEndsWhatTheRouteNoLongerAllows() async throws {
        let upstream = try await TestUpstream.tunnel()
        let roles = try Set([#require(Role("ADMIN")), #require(Role("REVIEWER"))])
        let gateway = try await TestGateway.start(upstream, authentication: .required) { $0.roles = roles }
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn(role: "ADMIN")
        let client = try await gateway.openTunnel(cookie: cookie)
        func change(_ role: Role) {
            gateway.sessions.state.withLock { $0.sessions[session.tokenHash]?.role = role }
            gateway.directory.invalidate(.member(session.workspaceID, session.userID))
        }
        let reviewer = try #require(Role("REVIEWER"))
        change(reviewer)
        try await gateway.wait { $0.sessionMemo.last?.session.role == reviewer }
        #expect(try await client.roundTrip("ping"))
        change(try #require(Role("LABELER")))
        try await client.waitForEnd()
        #expect(client.wasReset)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// A gateway with one upstream whose sessions are measured by a clock of the test.
    private static func start(
        _ upstream: TestUpstream,
        _ clock: ManualClock,
        freshness: Duration = .seconds(5)
    ) async throws -> TestGateway {
        let sessions = TestSessions()
        var settings = SessionDirectory.Settings.patient
        settings.freshness = freshness
        return try await TestGateway.start(
            routes: [Route(upstreams: try TestGateway.urls(upstream.port))],
            sessions: sessions,
            directory: sessions.directory(settings: settings, clock: clock.clock)
        )
    }

    @Test("the session's own limits", arguments: [(3_601.0, 7_200), (1_801.0, 1_800)])
    func ownLimits(_ seconds: Double, _ maxIdle: Int) async throws {
        let clock = ManualClock()
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream, clock)
        gateway.directory.listeningBegan()
        let cookie = try gateway.sessions.signIn(now: clock.start, maxIdle: .seconds(maxIdle)).cookie
        let client = try await gateway.openTunnel(cookie: cookie)
        clock.advance(seconds)
        try await client.waitForEnd()
        #expect(client.wasReset)
        try await upstream.waitUntilOpen(0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func whatTheClientSendsIsActivityAndWhatTheUpstreamSendsIsNot() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let upstream = try await TestUpstream.tunnel { connection in
            try await connection.wait { $0.count == 2 }
            await gate.wait()
            try await connection.send("unasked")
            try await connection.waitForEnd()
        }
        let gateway = try await Self.start(upstream, clock)
        gateway.directory.listeningBegan()
        let cookie =
            try gateway.sessions.signIn(now: clock.start, maxAge: 36_000, maxIdle: .seconds(1_800)).cookie
        let client = try await gateway.openTunnel(cookie: cookie)
        for minutes in [20.0, 40.0] {
            clock.advance(1_200)
            try await client.send("x")
            try await gateway.wait { $0.sessionMemo.last?.lastSeenAt == clock.start.addingTimeInterval(minutes * 60) }
        }
        clock.advance(1_200)
        gate.open()
        #expect(try await client.expect("unasked"))
        clock.advance(601)
        try await client.waitForEnd()
        #expect(client.wasReset)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func whileChangesAreNotHeardSessionsAreReadAgain() async throws {
        let clock = ManualClock()
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream, clock)
        let (cookie, session) = try gateway.sessions.signIn(now: clock.start)
        let client = try await gateway.openTunnel(cookie: cookie)
        for reading in 2...4 {
            clock.advance(5.1)
            try await eventually { gateway.sessions.loads >= reading }
            #expect(try await client.roundTrip("ping"))
        }
        gateway.sessions.revoke(session)
        clock.advance(5.1)
        try await client.waitForEnd()
        #expect(client.wasReset)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func whileStorageIsAwayATunnelGoesOnAsLongAsRequestsWould() async throws {
        let clock = ManualClock()
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream, clock, freshness: .milliseconds(200))
        let cookie = try gateway.sessions.signIn(now: clock.start).cookie
        let client = try await gateway.openTunnel(cookie: cookie)
        gateway.sessions.state.withLock { $0.isAway = true }
        clock.advance(300)
        let loads = gateway.sessions.loads
        try await eventually { gateway.sessions.loads > loads + 1 }
        #expect(try await client.roundTrip("ping"))
        clock.advance(301)
        try await client.waitForEnd()
        #expect(client.wasReset)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func manyAreReadTogetherAndEndTogether() async throws {
        let (clock, count) = (ManualClock(), 100)
        let upstream = try await TestUpstream.tunnel()
        let gateway = try await Self.start(upstream, clock)
        gateway.directory.listeningBegan()
        let workspaceID = WorkspaceID.random()
        var clients: [RawConnection] = []
        var sessions: [Session] = []
        for _ in 0..<count {
            let (cookie, session) = try gateway.sessions.signIn(workspaceID: workspaceID, now: clock.start)
            clients.append(try await gateway.openTunnel(cookie: cookie))
            sessions.append(session)
        }
        gateway.sessions.state.withLock { $0.delay = .milliseconds(50) }
        let opened = gateway.sessions.readings

        gateway.directory.listeningEnded()
        clock.advance(6)
        gateway.directory.listeningBegan()
        try await eventually { gateway.sessions.loads == 2 * count }
        for client in clients { #expect(try await client.roundTrip("ping")) }
        #expect(gateway.sessions.readings - opened < count / 4)

        for session in sessions { gateway.sessions.revoke(session) }
        gateway.directory.invalidate(.workspace(workspaceID))
        for client in clients { try await client.waitForEnd() }
        #expect(clients.allSatisfy { $0.wasReset })
        #expect(gateway.sessions.readings - opened < count / 2)
        for client in clients { await client.close() }
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aChangeThatCannotBeReadYetIsReadWhenStorageIsBack() async throws {
        let upstream = try await TestUpstream.tunnel()
        // However long this machine takes, the doubt does not last too long.
        let clock = ManualClock()
        let gateway = try await Self.start(upstream, clock, freshness: .seconds(300))
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn(now: clock.start)
        let client = try await gateway.openTunnel(cookie: cookie)
        gateway.sessions.state.withLock { $0.isAway = true }
        gateway.directory.invalidate(.session(session.id))
        try await gateway.wait { $0.exchange.doubtedSince != nil }
        gateway.sessions.state.withLock { $0.isAway = false }
        try await gateway.wait { $0.exchange.doubtedSince == nil && $0.sessionMemo.last?.isCurrent == true }
        #expect(try await client.roundTrip("ping"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
