import Testing

@testable import ReverseProxy

@Suite("Malformed requests over a socket")
struct MalformedRequestTests {
    @Test("are answered and the connection closed", arguments: RequestHeadTests.Defect.all)
    func areAnsweredAndTheConnectionClosed(_ defect: RequestHeadTests.Defect) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        // What stands behind a refused head must never be read as a request.
        try await client.send(defect.head + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try await client.readMessage()
        #expect(answer.status == (defect.rejection.isSize ? 431 : 400))
        #expect(answer["Connection"] == "close")
        #expect(answer.text.contains("\"request_id\":\"\(answer["X-Request-Id"] ?? "?")\""))
        try await client.waitForEnd()
        #expect(client.buffered.isEmpty)
        #expect(upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "bodies with broken chunks never reach the upstream whole",
        arguments: [
            "5\nabcde\r\n0\r\n\r\n", "0x5\r\nabcde\r\n0\r\n\r\n", "5\r\nabcdeXX0\r\n\r\n", "ffffffffffffffff1\r\n",
            "-5\r\nabcde\r\n0\r\n\r\n", "5 ;x\r\nabcde\r\n0\r\n\r\n", "5;x\ny\r\nabcde\r\n0\r\n\r\n",
            "5;" + String(repeating: "x", count: 300) + "\r\nabcde\r\n0\r\n\r\n",
            "5\r\nabcde\r\n0\r\nContent-Length: 9\r\n\r\n",
            "5\r\nabcde\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n",
            "5\r\nabcde\r\n0\r\nConnection: X-Portico-Role\r\n\r\n",
        ]
    )
    func brokenChunks(_ body: String) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
        let answer = try await client.readMessage()
        #expect(answer.status == 400)
        try await client.waitForEnd()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "paths that read differently are refused where the rules differ",
        arguments: [
            ("/admin%2fx", 400), ("/x/../admin", 400), ("/%61dmin", 400), ("//admin", 400), ("/admin;x", 400),
            ("/admin/;x", 200), ("/open%2fx", 200), ("/open//x", 200), ("/a%00", 400), ("/.portico%2fsign-in", 400),
            ("//.portico/sign-in", 400), ("/%2eportico/sign-in", 400), ("/.portico;/x", 400), ("/open\\x", 200),
            ("/\\.portico", 400), ("/open/a%2e%2e/b", 200), ("/open/%2e%2e/admin", 400),
            ("/.well-known/portico%2fx", 400), ("//x/admin", 400), ("///x/admin/", 400), ("/\\x/admin", 400),
            ("/%2fx/admin", 400), ("/;a/x/admin", 400), ("//x/.portico/sign-in", 400), ("//x", 200), ("//admin/x", 400),
            ("//x//admin", 400), ("///x//admin", 400), ("//x/%2Fadmin", 400), ("//x/;/admin", 400),
            ("/%2fx%2f%2fadmin", 400),
            ("//a//b/admin", 400), ("//a//b//admin", 400), ("//a//b", 200), ("//a//b//c//d//e//f//g//h//i", 400),
        ]
    )
    func ambiguousPaths(_ path: String, _ status: Int) async throws {
        let upstream = try await TestUpstream.echo()
        let urls = try TestGateway.urls(upstream.port)
        let gateway = try await TestGateway.start(routes: [
            Route(name: "open", upstreams: urls, authentication: .none),
            Route(name: "admin", pathPrefix: "/admin", upstreams: urls, authentication: .none),
        ])
        let answer = try await gateway.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.status == status)
        if status == 200 { #expect(answer.text.hasPrefix("GET \(path) HTTP/1.1\n")) }
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "a path is read without its prefix too, as the upstream gets it",
        arguments: [
            ("/app//x/admin", 400), ("/app/%2fx/admin", 400), ("/app/\\x/admin", 400), ("/app//x/other", 200),
            ("/app//x", 200), ("/app/x//admin", 200),
            ("/app//x//admin", 400), ("/app/\\x//admin", 400), ("/app//a//b/admin", 400), ("/app//a//b//other", 200),
        ]
    )
    func ambiguousWithoutThePrefix(_ path: String, _ status: Int) async throws {
        let upstream = try await TestUpstream.echo()
        let urls = try TestGateway.urls(upstream.port)
        let gateway = try await TestGateway.start(routes: [
            Route(name: "app", pathPrefix: "/app", stripPrefix: true, upstreams: urls, authentication: .none),
            Route(name: "admin", pathPrefix: "/app/admin", stripPrefix: true, upstreams: urls, authentication: .none),
        ])
        #expect(try await gateway.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n").status == status)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "requests that are not carried",
        arguments: [
            ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405), ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
            ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 501),
            ("PUT / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 405),
            ("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: web socket\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 1\r\n\r\nx", 417),
            ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405),
            ("GET /a HTTP/1.1\r\nHost: unknown\r\n\r\n", 404),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413),
        ]
    )
    func requestsThatAreNotCarried(_ request: String, _ status: Int) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream) {
            $0.host = "a"
            $0.methods = ["GET", "POST"]
            $0.maximumBodySize = 100
        }
        let answer = try await gateway.exchange(request)
        #expect(answer.status == status)
        if status == 405 {
            let allowed = request.hasPrefix("PUT") ? "GET, POST" : "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
            #expect(answer["Allow"] == allowed)
        } else {
            #expect(answer["Allow"] == nil)
        }
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }

    @Test func stopsAChunkedBodyAtTheLimit() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream) { $0.maximumBodySize = 100 }
        let body = "64\r\n" + String(repeating: "a", count: 100) + "\r\n1\r\na\r\n0\r\n\r\n"
        let answer = try await gateway.exchange(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
        )
        #expect(answer.status == 413)
        await gateway.stop()
        await upstream.stop()
    }
}
