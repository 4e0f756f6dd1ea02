import Foundation
import NIOCore
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("What the data plane counts")
struct ProxyCountsTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("Each request is counted once, at its route, with its method and the class of its status")
    func requests() async throws {
        let upstream = try await TestUpstream.echo()
        let urls = try TestGateway.urls(upstream.port)
        let gateway = try await TestGateway.start(
            routes: [
                Route(name: "open", pathPrefix: "/open", upstreams: urls, authentication: .none),
                Route(name: "members", pathPrefix: "/members", upstreams: urls, authentication: .required),
            ]
        )
        let client = try await gateway.connect()
        let open = ["GET", "GET", "POST", "DELETE"]
            .map { "\($0) /open/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n" }
        let members = "GET /members HTTP/1.1\r\nHost: a\r\n\r\n"
        let navigation = "GET /members HTTP/1.1\r\nHost: a\r\nSec-Fetch-Mode: navigate\r\nAccept: text/html\r\n\r\n"
        var sent = 0
        for request in open + [members, navigation, "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"] {
            try await client.send(request)
            sent += request.utf8.count
            _ = try await client.readMessage()
        }
        let question = "GET /.portico/auth HTTP/1.1\r\nHost: a\r\n\r\n"
        try await client.send(question)
        #expect(try await client.readMessage().status == 403)
        let before = await gateway.proxy.counts()
        #expect(before.connections == ConnectionCounts(clients: 1, upstreams: 1, idleUpstreams: 1))
        #expect(before.inFlight == 0)
        let garbage = "garbage\r\n\r\n"
        try await client.send(garbage)
        #expect(try await client.readMessage().status == 400)

        let counts = await gateway.proxy.counts()
        #expect(counts.routes.map(\.name) == ["open", "members"])
        #expect(
            counts.routes[0].answers == [
                AnswerCount(method: "GET", statusClass: 2, count: 2),
                AnswerCount(method: "POST", statusClass: 2, count: 1),
                AnswerCount(method: "other", statusClass: 2, count: 1),
            ]
        )
        #expect(
            counts.routes[1].answers == [
                AnswerCount(method: "GET", statusClass: 3, count: 1),
                AnswerCount(method: "GET", statusClass: 4, count: 1),
            ]
        )
        #expect(counts.routes.map { $0.durations.counts.reduce(0, +) } == [4, 2])
        #expect(
            counts.elsewhere == [
                AnswerCount(method: "GET", statusClass: 4, count: 1),
                AnswerCount(method: "other", statusClass: 4, count: 1),
            ]
        )
        #expect(counts.questions == [AnswerCount(method: "GET", statusClass: 4, count: 1)])
        #expect(
            counts.refusals.filter { $0.value > 0 } == [
                .sessionRequired: 2, .routeNotFound: 1, .originalRequestRefused: 1, .requestInvalid: 1,
            ]
        )
        #expect(counts.refusals.count == ProxyError.allCases.count)
        #expect(counts.receivedBytes == UInt64(sent + question.utf8.count + garbage.utf8.count))
        #expect(counts.acceptedConnections == 1)
        #expect(counts.upstreams.map(\.connected) == [1])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("The bytes of answers are counted, the control plane's too")
    func sentBytes() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
        let upstream = try await TestUpstream.fixed(answer)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        var received = 0
        for request in [Self.get, "GET /.portico/x HTTP/1.1\r\nHost: a\r\n\r\n"] {
            try await client.send(request)
            try await client.wait { bytes in HTTPText.headEnd(bytes).map { bytes.count >= $0 + 3 } ?? false }
            let message = try await client.readMessage()
            let lines = [message.startLine] + message.fields.map { "\($0.name): \($0.value)" }
            received += lines.reduce(2) { $0 + $1.utf8.count + 2 } + message.body.count
        }
        try await eventually { await gateway.proxy.counts().sentBytes == UInt64(received) }
        // What the control plane answers is not counted at a route, nor as a request that no route took.
        let counts = await gateway.proxy.counts()
        #expect(counts.routes[0].answers == [AnswerCount(method: "GET", statusClass: 2, count: 1)])
        #expect(counts.elsewhere.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A request that waits is in flight, one that is given up was not finished")
    func inFlight() async throws {
        let gate = Gate()
        let upstream = try await TestUpstream.start { connection in
            _ = try await connection.readMessage()
            await gate.wait()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(Self.get)
        try await eventually { await gateway.proxy.counts().inFlight == 1 }
        await client.close()
        try await eventually { await gateway.proxy.counts().routes[0].unfinished == 1 }
        let counts = await gateway.proxy.counts()
        #expect(counts.inFlight == 0)
        #expect(counts.routes[0].answers.isEmpty)
        #expect(counts.routes[0].durations.counts.allSatisfy { $0 == 0 })
        gate.open()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An answer that breaks off is counted as unfinished")
    func brokenAnswer() async throws {
        let upstream = try await TestUpstream.fixed(
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
            thenCloses: true
        )
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send(Self.get)
        try await client.waitForEnd()
        try await eventually { await gateway.proxy.counts().routes[0].unfinished == 1 }
        #expect(await gateway.proxy.counts().routes[0].answers.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A failure to connect is counted at its upstream")
    func connectFailures() async throws {
        // No test listens on a port below 1024.
        let urls = try TestGateway.urls(9)
        let gateway = try await TestGateway.start(routes: [Route(upstreams: urls, authentication: .none)])
        for _ in 0..<2 { #expect(try await gateway.exchange(Self.get).status == 502) }
        let counts = await gateway.proxy.counts()
        #expect(
            counts.upstreams
                == urls.map { UpstreamCounts(origin: $0, open: 0, idle: 0, connected: 0, connectFailures: 2) }
        )
        #expect(counts.refusals[.upstreamUnreachable] == 2)
        #expect(counts.routes[0].answers == [AnswerCount(method: "GET", statusClass: 5, count: 2)])
        await gateway.stop()
    }

    @Test("A request's time runs from its head to its last byte, the reading of its session included")
    func durations() async throws {
        let nanoseconds = Atomic<UInt64>(1_000_000_000)
        let clock = DirectoryClock(
            wall: { Date() },
            uptime: {
                .uptimeNanoseconds(nanoseconds.load(ordering: .sequentiallyConsistent))
            }
        )
        let sessions = TestSessions()
        let cookie = try sessions.signIn().cookie
        let directory = SessionDirectory(settings: .patient, clock: clock, tokens: sessions.tokens.source) { hashes in
            nanoseconds.add(40_000_000, ordering: .sequentiallyConsistent)
            return try sessions.load(hashes)
        } recordActivity: { _ in
        }
        let upstream = try await TestUpstream.start { connection in
            while !connection.isEnded {
                guard !(try await connection.readMessage()).startLine.isEmpty else { return }
                nanoseconds.add(2_000_000, ordering: .sequentiallyConsistent)
                try await connection.send("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
        let route = Route(upstreams: try TestGateway.urls(upstream.port))
        let gateway = try await TestGateway.start(routes: [route], sessions: sessions, directory: directory)
        directory.listeningBegan()
        let client = try await gateway.connect()
        for _ in 0..<3 {
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: __Host-portico_session=\(cookie)\r\n\r\n")
            #expect(try await client.readMessage().status == 204)
        }
        let durations = await gateway.proxy.counts().routes[0].durations
        #expect(durations.sum == .milliseconds(40 + 3 * 2))
        #expect(
            durations.counts.enumerated().filter { $0.element > 0 }.map { [$0.offset, Int($0.element)] } == [
                [1, 2], [5, 1],
            ] as [[Int]]
        )
        #expect(directory.loadCounts() == [.found: 1, .absent: 0, .failed: 0, .refused: 0])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Readings of sessions are counted by what came of them")
    func loads() async throws {
        let sessions = TestSessions()
        let directory = sessions.directory()
        let known = try sessions.signIn().session
        let unknown = try TestSessions().signIn().session
        #expect(try await directory.session(for: known.tokenHash) != nil)
        #expect(try await directory.session(for: unknown.tokenHash) == nil)
        sessions.state.withLock { $0.isAway = true }
        let third = try sessions.signIn().session
        await #expect(throws: ProxyError.unavailable) { try await directory.session(for: third.tokenHash) }
        #expect(directory.loadCounts() == [.found: 1, .absent: 1, .failed: 1, .refused: 0])
    }
}
