import Logging

/// The spans of requests; every function here returns at once while nothing is traced.
extension FrontHandler {
    /// Begins the span of a request, unless it has begun before its session was read.
    func beginTrace(_ request: RequestHead, _ head: UnsafeRawBufferPointer) {
        guard let tracer = self.settings.configuration.tracer, self.trace == nil else { return }
        self.trace = RequestTrace(
            tracer,
            fields: TraceFields(head, self.loop.fields),
            method: request.method,
            scheme: self.settings.configuration.scheme.rawValue,
            version: self.isStream ? "2" : request.isHTTP11 ? "1.1" : "1.0"
        )
    }

    /// Ends the span of the request in hand.
    func endTrace(_ ending: AccessRecord.Ending, status: Int?, requestID: @autoclosure () -> String?) {
        guard let trace = self.trace.take() else { return }
        let rule = self.exchange.rule
        trace.end(
            route: rule.map { ($0.route.name, $0.route.pathPrefix) },
            status: status,
            ending: ending,
            requestID: requestID()
        )
    }

    /// What log lines about the request in hand have in common.
    var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "route": "\(self.exchange.rule?.route.name ?? "")", "request.id": "\(self.exchange.tag.text)",
        ]
        if let traceID = self.trace?.traceID { metadata["trace.id"] = "\(traceID)" }
        return metadata
    }
}
