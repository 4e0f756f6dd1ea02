import Foundation
import NIOCore
import NIOHTTP2
import NIOPosix
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("How soon what is open ends with its session")
struct SessionEndTimeTests {
    /// What is open.
    enum Shape: CaseIterable {
        case tunnel
        case events
        case http2Events
    }

    /// Why the session does not allow it any more.
    enum Cause: CaseIterable {
        case signOut
        case memberDeactivated
        case workspaceDisabled
        case roleChanged
        case expired
    }

    private enum Opened {
        case connection(RawConnection)
        case stream(HTTP2StreamID, of: HTTP2Client)

        func waitForEnd() async throws {
            switch self {
            case .connection(let client): try await client.waitForEnd()
            case .stream(let stream, let client): #expect(try await client.wait(for: stream).resetCode != nil)
            }
        }

        func close() async {
            switch self {
            case .connection(let client): await client.close()
            case .stream(_, let client): await client.close()
            }
        }
    }

    private let clock = ManualClock()
    private let sessions = TestSessions()

    /// A gateway of one event loop, on which all that is open is looked at together.
    private func gateway(
        _ shape: Shape,
        _ cause: Cause,
        _ upstream: TestUpstream,
        on group: any EventLoopGroup
    ) async throws -> TestGateway {
        var route = Route(upstreams: try TestGateway.urls(upstream.port), authentication: .required)
        if cause == .roleChanged { route.roles = [try #require(Role("ADMIN"))] }
        let gateway = try await TestGateway.start(
            routes: [route],
            halfClosure: shape == .http2Events,
            tls: shape == .http2Events ? try TestTLS.server() : nil,
            sessions: self.sessions,
            directory: self.sessions.directory(clock: self.clock.clock),
            group: group
        ) {
            if shape == .http2Events { $0.scheme = .https }
        }
        gateway.directory.listeningBegan()
        return gateway
    }

    private func open(_ shape: Shape, at gateway: TestGateway, _ cookie: String) async throws -> Opened {
        switch shape {
        case .tunnel:
            return .connection(try await gateway.openTunnel(cookie: cookie))
        case .events:
            let client = try await gateway.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n")
            #expect(try await client.readHead().hasPrefix("HTTP/1.1 200 "))
            return .connection(client)
        case .http2Events:
            let client = try await gateway.connectHTTP2()
            let fields = HTTP2Client.fields("GET", "/", [("cookie", "__Host-portico_session=\(cookie)")])
            let stream = try await client.send(fields)
            #expect(try await client.wait(for: stream) { !$0.body.isEmpty }.status == 200)
            return .stream(stream, of: client)
        }
    }

    private func end(_ session: Session, by cause: Cause, at gateway: TestGateway) throws {
        switch cause {
        case .signOut:
            self.sessions.revoke(session)
            gateway.directory.invalidate(.session(session.id))
        case .memberDeactivated:
            self.sessions.revoke(session)
            gateway.directory.invalidate(.member(session.workspaceID, session.userID))
        case .workspaceDisabled:
            self.sessions.revoke(session)
            gateway.directory.invalidate(.workspace(session.workspaceID))
        case .roleChanged:
            let labeler = try #require(Role("LABELER"))
            self.sessions.state.withLock { $0.sessions[session.tokenHash]?.role = labeler }
            gateway.directory.invalidate(.member(session.workspaceID, session.userID))
        case .expired:
            self.clock.advance(100)
        }
    }

    @Test("within a second", arguments: Shape.allCases, Cause.allCases)
    func withinASecond(_ shape: Shape, _ cause: Cause) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let upstream = shape == .tunnel ? try await TestUpstream.tunnel() : try await TestUpstream.events()
        let gateway = try await self.gateway(shape, cause, upstream, on: group)
        var opened: [(session: Session, what: Opened)] = []
        for number in 1...5 {
            let (cookie, session) = try self.sessions.signIn(
                role: "ADMIN",
                now: self.clock.start,
                maxAge: cause == .expired ? 100 * Double(number) : 3_600
            )
            opened.append((session, try await self.open(shape, at: gateway, cookie)))
        }
        var times: [Duration] = []
        for (session, what) in opened {
            let began = ContinuousClock.now
            try self.end(session, by: cause, at: gateway)
            try await what.waitForEnd()
            times.append(began.duration(to: .now))
        }
        // The first ends when sessions are looked at, so that each after it waits for the whole time until they are again.
        // The shortest counts: this machine may be busy with something else, but not each time.
        #expect(try #require(times.dropFirst().min()) < .seconds(1))
        for (_, what) in opened { await what.close() }
        await gateway.stop()
        await upstream.stop()
        try await group.shutdownGracefully()
    }
}
