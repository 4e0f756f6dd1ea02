import Testing
import Tracing

@testable import ReverseProxy

@Suite("Spans of what is no plain request")
struct SpanPlacesTests {
    private static let traces = ["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"]
    private static let parent = "b7ad6b7169203331"

    private let spans = RecordedSpans()

    private static func traceParent(_ trace: String = Self.traces[0]) -> String { "00-\(trace)-\(Self.parent)-01" }

    /// The trace that an upstream was told, if it was told one.
    private static func traceParents(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).filter { $0.lowercased().hasPrefix("traceparent:") }
            .map { String($0.dropFirst("traceparent: ".count)) }
    }

    @Test("A WebSocket is one span within the client's trace, from its request to its end")
    func webSocket() async throws {
        let heads = ReceivedHeads()
        let upstream = try await TestUpstream.tunnel(heads: heads)
        let gateway = try await TestGateway.start(upstream, configuration: { $0.tracer = self.spans.tracer })
        let client = try await gateway.connect()
        try await client.send(TestGateway.upgrade("traceparent: \(Self.traceParent())\r\n"))
        #expect(try await client.readHead().hasPrefix("HTTP/1.1 101 "))
        #expect(try await client.roundTrip("ping"))
        #expect(self.spans.all.isEmpty)
        await client.close()
        try await eventually { !self.spans.all.isEmpty }
        await gateway.stop()
        let span = try #require(self.spans.all.first)
        #expect(self.spans.all.count == 1)
        #expect(span.place.traceID == Self.traces[0] && span.parentID == Self.parent)
        #expect(Self.traceParents(in: heads.all.joined()) == ["\(span.place)"])
        #expect(span.name == "GET /")
        #expect(span.attributes.get("http.response.status_code") == .int64(101))
        await upstream.stop()
    }

    @Test("Each stream of HTTP/2 is a span of its own, within the trace that its head names")
    func streams() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(
            upstream,
            route: { $0.pathPrefix = "/app" },
            configuration: { $0.tracer = self.spans.tracer }
        )
        let client = try await gateway.connectHTTP2()
        let streams = [
            try await client.send(
                HTTP2Client.fields("GET", "/app", [("traceparent", Self.traceParent(Self.traces[0]))])
            ),
            try await client.send(
                HTTP2Client.fields("POST", "/app/x", [("traceparent", Self.traceParent(Self.traces[1]))])
            ),
            try await client.send(HTTP2Client.fields("GET", "/app")),
        ]
        var answers: [String] = []
        for stream in streams { answers.append(try await client.wait(for: stream).text) }
        try await eventually { self.spans.all.count == streams.count }
        for (trace, (method, answer)) in zip(Self.traces, zip(["GET", "POST"], answers)) {
            let span = try #require(self.spans.all.first { $0.place.traceID == trace })
            #expect(span.parentID == Self.parent && span.name == "\(method) /app")
            #expect(Self.traceParents(in: answer) == ["\(span.place)"])
            #expect(span.attributes.get("http.response.status_code") == .int64(200))
            #expect(span.attributes.get("network.protocol.version") == .string("2"))
            #expect(span.attributes.get("url.scheme") == .string("https"))
        }
        let beginning = try #require(self.spans.all.first { $0.parentID == nil })
        #expect(Self.traceParents(in: answers[2]) == ["\(beginning.place)"])
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A question of forward authentication is a span within the trace of the proxy that asks")
    func question() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(
            upstream,
            authentication: .required,
            configuration: { $0.tracer = self.spans.tracer }
        )
        let cookie = "Cookie: __Host-portico_session=\(try gateway.sessions.signIn().cookie)\r\n"
        for (lines, status) in [(cookie, 200), ("", 401)] {
            let head = "GET /.portico/auth HTTP/1.1\r\nHost: a\r\ntraceparent: \(Self.traceParent())\r\n\(lines)\r\n"
            #expect(try await gateway.exchange(head).status == status)
        }
        try await eventually { self.spans.all.count == 2 }
        #expect(self.spans.all.map(\.parentID) == [Self.parent, Self.parent])
        #expect(self.spans.all.map(\.place.traceID) == [Self.traces[0], Self.traces[0]])
        #expect(self.spans.all.map(\.name) == ["GET", "GET"])
        let statuses = self.spans.all.map { $0.attributes.get("http.response.status_code") }
        #expect(statuses == [.int64(200), .int64(401)])
        #expect(self.spans.all.allSatisfy { $0.attributes.get("portico.route") == nil })
        #expect(upstream.accepted == 0)
        await gateway.stop()
        await upstream.stop()
    }
}
