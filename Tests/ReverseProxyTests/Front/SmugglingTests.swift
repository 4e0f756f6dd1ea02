import Foundation
import NIOCore
import Testing
import Workspaces

@testable import ReverseProxy

/// What `Docs/Smuggling.md` promises and no other suite shows.
@Suite("Smuggling and spoofing over a socket")
struct SmugglingTests {
    @Test(
        "an HTTP/2 request with one defect is refused",
        arguments: [
            RequestBlockTests.Defect.pseudoFields, RequestBlockTests.Defect.fields,
        ]
    )
    func refusesOverHTTP2(_ defects: [RequestBlockTests.Defect]) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        var client = try await gateway.connectHTTP2()
        for defect in defects {
            var fields = RequestBlockTests.valid
            defect.apply(&fields)
            // The client's encoder writes names in lower case.
            guard fields.allSatisfy({ $0.0 == $0.0.lowercased() }) else { continue }
            let stream = try await client.send(fields, ends: defect.endsStream)
            let answer = try await client.wait(for: stream) { $0.status != nil || $0.resetCode != nil }
            #expect(answer.status == nil || answer.status == 400, "\(defect)")
            guard client.isEnded else { continue }
            await client.close()
            client = try await gateway.connectHTTP2()
        }
        #expect(upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer that could be read as two is none",
        arguments: [
            "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\r\n Set-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nContent-Length: 38\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ]
    )
    func refusesSplitAnswers(_ answer: String) async throws {
        let upstream = try await TestUpstream.fixed(answer, thenCloses: true)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let received = try await client.readMessage()
        #expect(received.status == 502 && received["Set-Cookie"] == nil)
        #expect(client.buffered.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer behind one that has no body is nobody's",
        arguments: [
            ("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 40\r\n\r\n"),
            ("GET", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"),
            ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 40\r\n\r\n"),
            ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n"),
            ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        ]
    )
    func givesNobodyASecondAnswer(_ method: String, _ answer: String) async throws {
        let upstream = try await TestUpstream.start { connection in
            let isFirst = try await connection.readHead().contains(" /first ")
            let second = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
            try await connection.send(isFirst ? answer + second : "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown")
            try await connection.waitForEnd()
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("\(method) /first HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage(isHEAD: method == "HEAD").text.isEmpty)
        try await client.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().text == "own")
        #expect(upstream.accepted == 2)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    /// With nginx a later answer of this kind went to somebody else for years.
    @Test(
        "a connection with an answer that announces a body it cannot have is not used again",
        arguments: ["Content-Length: 40", "Transfer-Encoding: chunked"]
    )
    func waitsForNoBodyOf204(_ line: String) async throws {
        let upstream = try await TestUpstream.start { connection in
            let isFirst = try await connection.readHead().contains(" /first ")
            let text = isFirst ? "HTTP/1.1 204 No Content\r\n\(line)" : "HTTP/1.1 200 OK\r\nContent-Length: 3"
            try await connection.send("\(text)\r\n\r\n\(isFirst ? "" : "own")")
            try await connection.wait { !$0.isEmpty }
            if !connection.isEnded { try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged") }
        }
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().status == 204)
        try await client.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await client.readMessage().text == "own")
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "bytes behind a request that is refused are no request, whyever it is refused",
        arguments: [
            ("POST /admin", 403), ("POST /nowhere", 404), ("POST /read", 405), ("POST /small", 413),
            ("POST /private", 401),
            ("POST /a/%2e%2e/b", 400),
        ],
        [0, 10]
    )
    func readsNothingBehindARefusal(_ refused: (start: String, status: Int), missing: Int) async throws {
        let upstream = try await TestUpstream.echo()
        let urls = try TestGateway.urls(upstream.port)
        let sessions = TestSessions()
        let gateway = try await TestGateway.start(
            routes: [
                Route(name: "admin", pathPrefix: "/admin", upstreams: urls, roles: [try #require(Role("ADMIN"))]),
                Route(name: "read", pathPrefix: "/read", upstreams: urls, authentication: .none, methods: ["GET"]),
                Route(name: "small", pathPrefix: "/small", upstreams: urls, authentication: .none, maximumBodySize: 1),
                Route(name: "private", pathPrefix: "/private", upstreams: urls),
                Route(name: "smuggled", pathPrefix: "/smuggled", upstreams: urls, authentication: .none),
            ],
            sessions: sessions
        )
        let cookie = try sessions.signIn(role: "LABELER").cookie
        let body = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        let client = try await gateway.connect()
        try await client.send(
            "\(refused.start) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count + missing)\r\n"
                + (refused.status == 403 ? "Cookie: __Host-portico_session=\(cookie)\r\n" : "") + "\r\n\(body)"
        )
        let answer = try await client.readMessage()
        #expect(answer.status == refused.status && answer["Connection"] == "close")
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty && upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aHeadThatDripsIsNotWaitedFor() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.headTimeout = .milliseconds(200) })
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
        // Each byte is in time by itself; the head as a whole is not.
        while !client.isEnded {
            try? await client.send("a")
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(upstream.accepted == 0)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("the page names tests that there are, and has a row for each word")
    func pageNamesTests() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: tests.deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Docs/Smuggling.md"),
            encoding: .utf8
        )
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
        #expect(rows.count >= 35)
        for row in rows {
            let names = row.matches(of: /`(\w+)\/(\w+)\.(\w+)`/)
            #expect(!names.isEmpty, "no test: \(row)")
            for name in names {
                let file = tests.appending(path: "\(name.1)/\(name.2).swift")
                let source = try String(contentsOf: file, encoding: .utf8)
                #expect(source.contains("func \(name.3)("), "\(name.0)")
            }
        }
    }
}
