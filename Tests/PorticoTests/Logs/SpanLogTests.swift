import Logging
import ReverseProxy
import Synchronization
import Testing
import Tracing

@testable import Portico

@Suite("The built-in tracer")
struct SpanLogTests {
    private final class Lines: Sendable {
        private let state = Mutex<[String]>([])

        var all: [String] { self.state.withLock { $0 } }

        func append(_ line: String) { self.state.withLock { $0.append(line) } }
    }

    @Test(
        "A span is a line at debug, with its place in the trace and its attributes",
        arguments: [Logger.Level.debug, .info]
    )
    func line(_ level: Logger.Level) throws {
        let lines = Lines()
        let logger = Logger(label: "portico") { label in
            ConsoleLogHandler(label: label, threshold: LogThreshold(level), format: .text) { lines.append($0) }
        }
        let span = SpanLog.tracer(logger).startSpan("GET", context: .topLevel, ofKind: .server)
        span.operationName = "GET /app"
        span.attributes["http.route"] = "/app"
        span.attributes["http.response.status_code"] = 502
        span.setStatus(SpanStatus(code: .error))
        span.end()
        span.end()
        guard level == .debug else { return #expect(lines.all.isEmpty) }
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        for text in [
            " debug portico: span ", "span.name=\"GET /app\"", "http.route=/app", "http.response.status_code=502",
            "span.status=error", "span.duration=",
        ] { #expect(line.contains(text)) }
        #expect(line.contains(#/span\.id=[0-9a-f]{16} /#) && line.contains(#/trace\.id=[0-9a-f]{32}/#))
        #expect(!line.contains("span.parent"))
    }
}
