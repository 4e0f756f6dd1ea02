package import Tracing

/// What a span was, told at its end.
package struct FinishedSpan: Sendable {
    /// The name.
    package let name: String
    /// Its own place in the trace.
    package let place: TraceParent
    /// The span that asked for it; `nil` for the first of a trace.
    package let parentID: String?
    /// How long it took.
    package let duration: Duration
    /// What is known of it.
    package let attributes: SpanAttributes
    /// Whether it failed.
    package let isError: Bool
}
