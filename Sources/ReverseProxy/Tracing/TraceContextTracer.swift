package import Tracing

/// A tracer that speaks W3C Trace Context and tells each sampled span at its end: what a build without another one has.
///
/// A trace that begins here is sampled.
package struct TraceContextTracer: Tracer {
    /// Where a trace is kept in a context.
    enum ParentKey: ServiceContextKey {
        typealias Value = TraceContextTracer.Place
    }

    /// A place in a trace, with what other tracers say of the trace.
    struct Place: Sendable {
        let parent: TraceParent
        let state: String?
    }

    private let tell: @Sendable (FinishedSpan) -> Void

    /// Makes a tracer; `tell` is called on the thread that ends a span and must not block.
    package init(tell: @escaping @Sendable (FinishedSpan) -> Void) {
        self.tell = tell
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> ServiceContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> TraceContextSpan {
        var context = context()
        let asking = context[ParentKey.self]
        let place = TraceParent(
            traceID: asking?.parent.traceID ?? Self.randomID(words: 2),
            spanID: Self.randomID(words: 1),
            isSampled: asking?.parent.isSampled ?? true
        )
        context[ParentKey.self] = Place(parent: place, state: asking?.state)
        return TraceContextSpan(
            operationName,
            context: context,
            place: place,
            parentID: asking?.parent.spanID,
            startedAt: instant().nanosecondsSinceEpoch,
            tell: self.tell
        )
    }

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout ServiceContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let text = extractor.extract(key: "traceparent", from: carrier), let parent = TraceParent(text) else {
            return
        }
        let state = extractor.extract(key: "tracestate", from: carrier)
        context[ParentKey.self] = Place(parent: parent, state: state)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let place = context[ParentKey.self] else { return }
        injector.inject("\(place.parent)", forKey: "traceparent", into: &carrier)
        if let state = place.state { injector.inject(state, forKey: "tracestate", into: &carrier) }
    }

    /// Nothing is held back.
    package func forceFlush() {}

    /// Random identifiers are never zero, which stands for none.
    private static func randomID(words: Int) -> String {
        (0..<words)
            .map { _ in
                let digits = String(UInt64.random(in: 1 ... .max), radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }
            .joined()
    }
}
