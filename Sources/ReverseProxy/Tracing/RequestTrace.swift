import Tracing

/// The span of a request, from its head to its end.
///
/// Attributes are those of OpenTelemetry's conventions for HTTP servers, without what a client can choose freely: no path,
/// no query, no address. The name is the method and the route's prefix.
final class RequestTrace {
    /// The trace's identifier, where the tracer has one of W3C's form.
    let traceID: String?
    /// The header lines for the upstream.
    let lines: [UInt8]
    private let span: any Span
    private let method: String

    /// Begins a span, within the trace that the request belongs to or as the first of a new one.
    init(_ tracer: any Tracer, fields: TraceFields, method: RequestMethod, scheme: String, version: String) {
        var context = ServiceContext.topLevel
        tracer.extract(fields, into: &context, using: TraceFields.FieldExtractor())
        // OpenTelemetry's word for a method that is not told apart.
        self.method = method == .other ? "_OTHER" : method.name
        self.span = tracer.startSpan(self.method, context: context, ofKind: .server)
        self.span.attributes["http.request.method"] = self.method
        self.span.attributes["url.scheme"] = scheme
        self.span.attributes["network.protocol.version"] = version
        var onward = TraceFields()
        tracer.inject(self.span.context, into: &onward, using: TraceFields.FieldInjector())
        self.lines = onward.lines
        self.traceID = onward.parent.flatMap { TraceParent($0) }?.traceID
    }

    /// Ends the span.
    ///
    /// - Parameters:
    ///   - route: The route's name and path prefix, if one took the request.
    ///   - status: The status of the answer, if there was one.
    ///   - ending: How the exchange ended.
    ///   - requestID: The identifier of the request.
    func end(
        route: (name: String, prefix: String)?,
        status: Int?,
        ending: AccessRecord.Ending,
        requestID: String?
    ) {
        if let route {
            self.span.operationName = "\(self.method) \(route.prefix)"
            self.span.attributes["http.route"] = route.prefix
            self.span.attributes["portico.route"] = route.name
        }
        if let status { self.span.attributes["http.response.status_code"] = status }
        if let requestID { self.span.attributes["portico.request.id"] = requestID }
        let failure: String? =
            switch (ending, status) {
            case (.broken, _): "broken"
            case (.complete, let status?) where status >= 500: "\(status)"
            case (.complete, _): nil
            }
        if let failure {
            self.span.attributes["error.type"] = failure
            self.span.setStatus(SpanStatus(code: .error))
        }
        self.span.end()
    }
}
