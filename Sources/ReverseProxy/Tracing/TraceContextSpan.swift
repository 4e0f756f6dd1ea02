import Synchronization
package import Tracing

/// A span of ``TraceContextTracer``.
package final class TraceContextSpan: Span {
    private struct State {
        var name: String
        var attributes: SpanAttributes = [:]
        var isError = false
        var hasEnded = false
    }

    package let context: ServiceContext
    private let place: TraceParent
    private let parentID: String?
    private let startedAt: UInt64
    private let tell: @Sendable (FinishedSpan) -> Void
    private let state: Mutex<State>

    init(
        _ name: String,
        context: ServiceContext,
        place: TraceParent,
        parentID: String?,
        startedAt: UInt64,
        tell: @escaping @Sendable (FinishedSpan) -> Void
    ) {
        self.context = context
        self.place = place
        self.parentID = parentID
        self.startedAt = startedAt
        self.tell = tell
        self.state = Mutex(State(name: name))
    }

    package var operationName: String {
        get { self.state.withLock { $0.name } }
        set { self.state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { self.state.withLock { $0.attributes } }
        set { self.state.withLock { $0.attributes = newValue } }
    }

    package var isRecording: Bool { self.place.isSampled && self.state.withLock { !$0.hasEnded } }

    package func setStatus(_ status: SpanStatus) {
        self.state.withLock { $0.isError = status.code == .error }
    }

    /// Events are not told.
    package func addEvent(_ event: SpanEvent) {}

    package func recordError<Instant: TracerInstant>(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> Instant
    ) {
        self.state.withLock { $0.isError = true }
    }

    /// Links are not told.
    package func addLink(_ link: SpanLink) {}

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        guard self.isRecording else { return }
        let state = self.state.withLock { state in
            state.hasEnded = true
            return state
        }
        let took = instant().nanosecondsSinceEpoch
        self.tell(
            FinishedSpan(
                name: state.name,
                place: self.place,
                parentID: self.parentID,
                duration: .nanoseconds(Int64(clamping: took > self.startedAt ? took - self.startedAt : 0)),
                attributes: state.attributes,
                isError: state.isError
            )
        )
    }
}
