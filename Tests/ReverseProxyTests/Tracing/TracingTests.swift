import Synchronization
import Testing
import Tracing

@testable import ReverseProxy

@Suite("Spans and trace context")
struct TracingTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "00-\(Self.trace)-b7ad6b7169203331-01"

    /// What the access log was told of traces.
    private final class TraceIDs: Sendable {
        let all = Mutex<[String?]>([])
    }

    private let spans = RecordedSpans()
    private let traceIDs = TraceIDs()

    private func gateway(_ upstream: TestUpstream, isTracing: Bool = true) async throws -> TestGateway {
        try await TestGateway.start(
            upstream,
            route: { $0.pathPrefix = "/app" },
            configuration: { configuration in
                configuration.tracer = isTracing ? self.spans.tracer : nil
                configuration.recordAccess = { record in self.traceIDs.all.withLock { $0.append(record.traceID) } }
            }
        )
    }

    private static func request(_ lines: String = "", path: String = "/app/secret?token=1") -> String {
        "GET \(path) HTTP/1.1\r\nHost: a\r\n\(lines)\r\n"
    }

    @Test("A valid trace goes on with the gateway's span in it")
    func goesOn() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream)
        let lines = "Traceparent: \(Self.parent)\r\nTraceState: a=1\r\nX-Other: 1\r\ntracestate: b=2\r\n"
        let text = try await gateway.exchange(Self.request(lines)).text
        let span = try #require(self.spans.all.first)
        #expect(self.spans.all.count == 1)
        #expect(span.place.traceID == Self.trace && span.parentID == "b7ad6b7169203331")
        #expect(span.place.spanID != span.parentID)
        let received = text.split(separator: "\n").filter { $0.lowercased().hasPrefix("trace") }
        #expect(received == ["traceparent: \(span.place)", "tracestate: a=1,b=2"])
        #expect(text.contains("X-Other: 1"))
        #expect(self.traceIDs.all.withLock { $0 } == [Self.trace])
        #expect(span.name == "GET /app")
        #expect(!span.isError && span.duration >= .zero)
        #expect(span.attributes.get("http.route") == .string("/app"))
        #expect(span.attributes.get("http.request.method") == .string("GET"))
        #expect(span.attributes.get("http.response.status_code") == .int64(200))
        #expect(span.attributes.get("network.protocol.version") == .string("1.1"))
        #expect(span.attributes.get("error.type") == nil)
        func check(_ name: String, _ value: SpanAttribute) { #expect(!"\(value)".contains("secret")) }
        span.attributes.forEach(check)
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "Of an invalid or doubtful trace nothing goes on, and a new one begins",
        arguments: [
            "", "traceparent: ff\(Self.parent.dropFirst(2))\r\n", "traceparent: x\r\ntracestate: a=1\r\n",
            "traceparent: \(Self.parent)\r\ntraceparent: \(Self.parent)\r\n", "tracestate: a=1\r\n",
        ]
    )
    func beginsAnew(_ lines: String) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream)
        let text = try await gateway.exchange(Self.request(lines)).text
        let span = try #require(self.spans.all.first)
        #expect(span.parentID == nil && span.place.traceID != Self.trace && span.place.isSampled)
        let received = text.split(separator: "\n").filter { $0.lowercased().hasPrefix("trace") }
        #expect(received == ["traceparent: \(span.place)"])
        await gateway.stop()
        await upstream.stop()
    }

    @Test("A trace that is not sampled goes on and is not told")
    func notSampled() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream)
        let text = try await gateway.exchange(Self.request("traceparent: \(Self.parent.dropLast())0\r\n")).text
        #expect(text.contains("traceparent: 00-\(Self.trace)-") && text.contains("-00\n"))
        #expect(self.spans.all.isEmpty)
        #expect(self.traceIDs.all.withLock { $0 } == [Self.trace])
        await gateway.stop()
        await upstream.stop()
    }

    @Test("While nothing is traced, both headers pass as they came")
    func off() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await self.gateway(upstream, isTracing: false)
        let text = try await gateway.exchange(Self.request("traceparent: x\r\nTraceState: a=1\r\n")).text
        #expect(text.contains("traceparent: x\n") && text.contains("TraceState: a=1\n"))
        #expect(self.traceIDs.all.withLock { $0 } == [nil])
        await gateway.stop()
        await upstream.stop()
    }

    @Test("Refusals, failures, Portico's own pages and what is no route each end their span once")
    func otherEndings() async throws {
        let upstream = try await TestUpstream.start { _ in }
        let gateway = try await self.gateway(upstream)
        for (path, status) in [("/nowhere", 404), ("/app", 502), ("/.portico/x", 200)] {
            #expect(try await gateway.exchange(Self.request(path: path)).status == status)
        }
        try await eventually { self.spans.all.count == 3 }
        #expect(self.spans.all.map(\.name) == ["GET", "GET /app", "GET"])
        #expect(self.spans.all.map(\.isError) == [false, true, false])
        #expect(self.spans.all[1].attributes.get("error.type") == .string("502"))
        await gateway.stop()
        await upstream.stop()
    }

    @Test("An answer that breaks off is an error, and a request that waits for its session has one span")
    func brokenAndWaiting() async throws {
        let upstream = try await TestUpstream.fixed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", thenCloses: true)
        let gateway = try await TestGateway.start(
            upstream,
            authentication: .required,
            configuration: { $0.tracer = self.spans.tracer }
        )
        let cookie = try gateway.sessions.signIn().cookie
        let client = try await gateway.connect()
        try await client.send(Self.request("Cookie: __Host-portico_session=\(cookie)\r\n"))
        try await client.waitForEnd()
        try await eventually { !self.spans.all.isEmpty }
        #expect(gateway.sessions.loads > 0)
        #expect(self.spans.all.map(\.isError) == [true])
        #expect(self.spans.all.first?.attributes.get("error.type") == .string("broken"))
        await gateway.stop()
        await upstream.stop()
    }
}
