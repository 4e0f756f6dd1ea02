import Tracing

/// The two header fields of W3C Trace Context, on their way into a tracer and out of it.
struct TraceFields: Sendable {
    /// The longest `tracestate` that is passed on, in bytes: the 512 that must be, and as much again.
    private static let maximumStateLength = 1_024

    private(set) var parent: String?
    private(set) var state: String?

    /// No fields.
    init() {}

    /// Takes those of a request, as far as they are valid: without a valid `traceparent`, `tracestate` means nothing
    /// (clause 3.3).
    init(_ head: UnsafeRawBufferPointer, _ lines: FieldLines) {
        var parents: [String] = []
        var states: [String] = []
        for line in lines where line.kind == .other {
            let name = line.name(in: head)
            if FieldKind.equal(name, "traceparent") {
                parents.append(String(decoding: line.value(in: head), as: UTF8.self))
            } else if FieldKind.equal(name, "tracestate") {
                states.append(String(decoding: line.value(in: head), as: UTF8.self))
            }
        }
        guard parents.count == 1, TraceParent(parents[0]) != nil else { return }
        self.parent = parents[0]
        let state = states.joined(separator: ",")
        if !state.isEmpty, state.utf8.count <= Self.maximumStateLength { self.state = state }
    }

    /// The header lines for the upstream; empty unless the tracer gave a valid `traceparent`.
    var lines: [UInt8] {
        guard let parent, TraceParent(parent) != nil else { return [] }
        var text = "traceparent: \(parent)\r\n"
        // A tracer's own text must not end a line.
        if let state, state.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { text += "tracestate: \(state)\r\n" }
        return Array(text.utf8)
    }

    /// Reads the fields for a tracer.
    struct FieldExtractor: Extractor {
        func extract(key: String, from carrier: TraceFields) -> String? {
            switch key.lowercased() {
            case "traceparent": carrier.parent
            case "tracestate": carrier.state
            case _: nil
            }
        }
    }

    /// Takes the fields from a tracer; what else it gives is not passed on.
    struct FieldInjector: Injector {
        func inject(_ value: String, forKey key: String, into carrier: inout TraceFields) {
            switch key.lowercased() {
            case "traceparent": carrier.parent = value
            case "tracestate": carrier.state = value
            case _: break
            }
        }
    }
}
