import Synchronization

@testable import ReverseProxy

/// The spans that were told, in order.
final class RecordedSpans: Sendable {
    private let state = Mutex<[FinishedSpan]>([])

    var all: [FinishedSpan] { self.state.withLock { $0 } }

    var tracer: TraceContextTracer {
        TraceContextTracer { span in self.state.withLock { $0.append(span) } }
    }
}
