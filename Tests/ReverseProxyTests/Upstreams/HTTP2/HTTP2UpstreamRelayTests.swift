import NIOCore
import NIOHPACK
import NIOHTTP2
import Synchronization
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Relaying to upstreams of HTTP/2")
struct HTTP2UpstreamRelayTests {
    private static let call = HTTP2Client.fields(
        "POST",
        "/a.B/C",
        [("te", "trailers"), ("content-type", "application/grpc")]
    )

    @Test func aRequestOfHTTP1BecomesAStream() async throws {
        let upstream = try await TestHTTP2Upstream.echo()
        let gateway = try await TestGateway.start(upstream, authentication: .required, isSecure: false)
        gateway.directory.listeningBegan()
        let (cookie, session) = try gateway.sessions.signIn()
        let client = try await gateway.connect()
        for _ in 0..<2 {
            try await client.send(
                "POST /a/b?c HTTP/1.1\r\nHost: x:1\r\nTE: trailers\r\nConnection: te, x-secret\r\nX-Secret: 1\r\n"
                    + "Cookie: a=b; __Host-portico_session=\(cookie)\r\nX-Portico-Role: ADMIN\r\nUpgrade: other\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n"
            )
            let answer = try await client.readMessage()
            #expect(answer.status == 200 && answer["x-echo"] == "1" && answer["Connection"] == nil)
            #expect(answer.text.hasPrefix(":method: POST\n:scheme: http\n:path: /a/b?c\n:authority: x:1\n"))
            #expect(answer.text.hasSuffix("\nx-sum: 1\n\nabc") && answer.text.contains("\ncookie: a=b\n"))
            #expect(answer.text.contains("\nx-forwarded-user: \(session.subject)\n"))
            #expect(answer.text.contains("\nx-portico-role: LABELER\n"))
            for absent in ["\nte:", "x-secret", "\nconnection:", "\nupgrade:", "transfer-encoding", "ADMIN", "\nhost:"]
            {
                #expect(!answer.text.contains(absent))
            }
        }
        // A second stream of the same connection.
        #expect(upstream.accepted == 1)
        try await eventually { await gateway.proxy.counts().upstreams.map(\.idle) == [1] }
        let counts = await gateway.proxy.counts().upstreams
        #expect(counts.map(\.connected) == [1] && counts.map(\.open) == [1])
        await client.close()
        await gateway.stop()
        try await upstream.waitUntilOpen(0)
        await upstream.stop()
    }

    @Test func aCallPassesFromHTTP2ToHTTP2InTLS() async throws {
        let upstream = try await TestHTTP2Upstream.start(tls: try TestTLS.upstream(protocols: ["h2"])) { stream in
            let request = try await stream.wait { $0.isEnded }
            try await stream.send([(":status", "200"), ("content-type", "application/grpc")])
            try await stream.send(request.text)
            try await stream.send([("grpc-status", "0"), ("grpc-message", "fine")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream, tls: try TestTLS.route())
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(Self.call, ends: false)
        try await client.send("hello", on: stream, ends: true)
        let answer = try await client.wait(for: stream)
        #expect(answer.status == 200 && answer["content-type"] == "application/grpc" && answer.text == "hello")
        #expect(answer.trailers == ["grpc-status": "0", "grpc-message": "fine"])
        #expect(answer.isEnded && answer.resetCode == nil)
        let requests = upstream.connections.flatMap { $0.requests.withLock { Array($0.values) } }
        #expect(requests.map { $0[":scheme"] } == ["https"] && requests.map { $0["te"] } == ["trailers"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("te passes from HTTP/2 to HTTP/2 alone")
    func teStaysOnItsWay() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields("GET", "/", [("te", "trailers"), ("x-a", "b")]))
        #expect(answer.text.contains("\nx-a: b\n") && !answer.text.contains("\nte:"))
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func anAnswerOfTrailersAloneStaysOne() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200"), ("grpc-status", "12"), ("grpc-message", "no")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(Self.call)
        #expect(answer.status == 200 && answer["grpc-status"] == "12" && answer["grpc-message"] == "no")
        #expect(answer.isEnded && answer.trailers == nil && answer.body.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func bothSidesSpeakBeforeEitherHasEnded() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200")])
            try await stream.send("hello")
            for round in 1...3 {
                try await stream.wait { $0.body.count == round }
                try await stream.send("\(round)")
            }
            try await stream.wait { $0.isEnded }
            try await stream.send([("grpc-status", "0")], ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let stream = try await client.send(Self.call, ends: false)
        try await client.wait(for: stream) { $0.text == "hello" }
        for (round, text) in ["hello1", "hello12", "hello123"].enumerated() {
            try await client.send("\(round)", on: stream)
            #expect(try await client.wait(for: stream) { $0.text == text }.text == text)
        }
        try await client.send("", on: stream, ends: true)
        #expect(try await client.wait(for: stream).trailers == ["grpc-status": "0"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aPauseOfTheClientIsOneOfTheConversation() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            guard stream.request[":path"] != "/silent" else { return }
            try await stream.send([(":status", "200")])
            try await stream.send("hello")
            let request = try await stream.wait { $0.isEnded || $0.resetCode != nil }
            try await stream.send(request.text, ends: true)
        }
        let gateway = try await TestGateway.start(upstream) {
            $0.timeouts.idle = .seconds(300)
        } configuration: {
            $0.bodyIdleTimeout = .milliseconds(400)
        }
        let client = try await gateway.connectHTTP2()
        // Until it is answered, it is a request whose body is due.
        var conversation = HTTP2StreamID.rootStream
        try await eventually {
            let stream = try await client.send(HTTP2Client.fields("POST"), ends: false)
            conversation = stream
            return try await client.wait(for: stream) { $0.text == "hello" || $0.isEnded }.text == "hello"
        }
        // A request that began later, and whose client pauses no longer than the other one's, is given up.
        let silent = try await client.send(HTTP2Client.fields("POST", "/silent"), ends: false)
        #expect(try await client.wait(for: silent) { $0.isEnded }.status == 408)
        try await client.send(" again", on: conversation, ends: true)
        #expect(try await client.wait(for: conversation).text == "hello again")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func interimAnswersAndAnswersWithoutBodyPass() async throws {
        let upstream = try await TestHTTP2Upstream.start { stream in
            let isHEAD = stream.request[":method"] == "HEAD"
            try await stream.send([(":status", "103"), ("link", "x")])
            // Whoever has nothing to send may say so in a frame of its own.
            try await stream.send([(":status", isHEAD ? "200" : "204"), ("x-a", "b")])
            try await stream.send("", ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        for (method, status) in [("GET", 204), ("HEAD", 200), ("GET", 204)] {
            let answer = try await client.exchange(HTTP2Client.fields(method))
            #expect(answer.status == status && answer.interim.count == 1 && answer["x-a"] == "b" && answer.isEnded)
        }
        // The ends are waited for: no stream looks as if its client had gone.
        try await eventually { await gateway.proxy.counts().upstreams.map(\.idle) == [1] }
        let requests = upstream.connections.flatMap { $0.requests.withLock { Array($0.values) } }
        #expect(upstream.accepted == 1 && requests.count == 3 && requests.allSatisfy { $0.resetCode == nil })
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func theEndOfABodyWithALengthMayComeLater() async throws {
        let mayEnd = Gate()
        let upstream = try await TestHTTP2Upstream.start { stream in
            try await stream.send([(":status", "200"), ("content-length", "2")])
            try await stream.send("ok")
            await mayEnd.wait()
            try await stream.send("", ends: true)
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connectHTTP2()
        let answer = try await client.exchange(HTTP2Client.fields())
        #expect(answer.text == "ok" && answer.isEnded && answer.resetCode == nil)
        mayEnd.open()
        try await eventually { await gateway.proxy.counts().upstreams.map(\.idle) == [1] }
        #expect(
            upstream.connections.allSatisfy { $0.requests.withLock { $0.values.allSatisfy { $0.resetCode == nil } } }
        )
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func requestsShareAConnectionAsFarAsTheUpstreamWants() async throws {
        for (limit, connections) in [(100, 1...1), (4, 3...10), (1, 10...10)] {
            let mayAnswer = Gate()
            let settings = [HTTP2Setting(parameter: .maxConcurrentStreams, value: limit)]
            let upstream = try await TestHTTP2Upstream.start(settings: settings) { stream in
                await mayAnswer.wait()
                try await stream.send([(":status", "200"), ("x-path", stream.request[":path"] ?? "")], ends: true)
            }
            let gateway = try await TestGateway.start(upstream)
            let client = try await gateway.connectHTTP2()
            var streams: [HTTP2StreamID] = []
            for index in 0..<10 { streams.append(try await client.send(HTTP2Client.fields("GET", "/\(index)"))) }
            try await eventually { upstream.connections.map { $0.requests.withLock { $0.count } }.reduce(0, +) == 10 }
            #expect(connections.contains(upstream.accepted))
            #expect(upstream.connections.allSatisfy { $0.requests.withLock { $0.count <= limit } })
            mayAnswer.open()
            for (index, stream) in streams.enumerated() {
                let answer = try await client.wait(for: stream)
                #expect(answer.status == 200 && answer["x-path"] == "/\(index)")
            }
            await client.close()
            await gateway.stop()
            await upstream.stop()
        }
    }

    @Test func aHeadThatNoFrameHoldsIsRefused() async throws {
        let upstream = try await TestHTTP2Upstream.echo()
        let gateway = try await TestGateway.start(upstream, isSecure: false)
        let client = try await gateway.connect()
        let long = String(repeating: "a", count: 20_000)
        try await client.send("POST / HTTP/1.1\r\nHost: x\r\nX: \(long)\r\nContent-Length: 2\r\n\r\nok")
        #expect(try await client.readMessage().status == 431)
        #expect(try await gateway.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }
}
