import Logging
import ReverseProxy
import Tracing

/// The built-in tracer: a line of the log at `debug` for each span.
enum SpanLog {
    /// A tracer that speaks W3C Trace Context and tells spans to a logger.
    static func tracer(_ logger: Logger) -> TraceContextTracer {
        TraceContextTracer { span in
            guard logger.logLevel <= .debug else { return }
            logger.debug("span", metadata: Self.metadata(of: span))
        }
    }

    /// What a line tells of a span: its place in the trace, its time, its attributes by their own names.
    static func metadata(of span: FinishedSpan) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "span.name": "\(span.name)", "span.id": "\(span.place.spanID)", "trace.id": "\(span.place.traceID)",
            "span.duration": "\(AccessLine.seconds(span.duration))",
            "span.status": span.isError ? "error" : "ok",
        ]
        if let parentID = span.parentID { metadata["span.parent"] = "\(parentID)" }
        func add(_ name: String, _ value: SpanAttribute) {
            switch value {
            case .string(let text): metadata[name] = "\(text)"
            case .int64(let number): metadata[name] = "\(number)"
            case _: break
            }
        }
        span.attributes.forEach(add)
        return metadata
    }
}
