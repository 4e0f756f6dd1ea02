/// One request and its answer, as a line of the access log tells it.
///
/// There is no query, no cookie and no header line in it but the `Host`, since any of them can hold a secret, and of the
/// person only the identifier that upstreams get.
package struct AccessRecord: Sendable, Hashable {
    /// How the exchange ended.
    package enum Ending: String, Sendable, Hashable {
        /// With the last byte of the answer.
        case complete
        /// Before it: the client left, the upstream broke off, or time was up.
        case broken
    }

    /// The client's address, behind the proxies that are trusted.
    package let client: String
    /// The method; `nil` where the message was not HTTP.
    package let method: String?
    /// The value of `Host`.
    package let host: String?
    /// The path as it came, without its query.
    package let path: String?
    /// The name of the route; `nil` where no route took the request.
    package let route: String?
    /// The HTTP status; `nil` where the answer did not begin.
    package let status: Int?
    /// How the exchange ended.
    package let ending: Ending
    /// The bytes that were written to the client, head and body.
    package let sentBytes: Int
    /// The time from the head to the end.
    package let duration: Duration
    /// The identifier of the request, as upstreams, pages and the log have it.
    package let requestID: String?
    /// The identifier of the trace; `nil` while nothing is traced.
    package let traceID: String?
    /// The Company ID of the session's workspace.
    package let workspace: String?
    /// The person, as `X-Forwarded-User` has it.
    package let user: String?

    /// Puts the facts together.
    package init(
        client: String,
        method: String?,
        host: String?,
        path: String?,
        route: String?,
        status: Int?,
        ending: Ending,
        sentBytes: Int,
        duration: Duration,
        requestID: String?,
        traceID: String?,
        workspace: String?,
        user: String?
    ) {
        self.client = client
        self.method = method
        self.host = host
        self.path = path
        self.route = route
        self.status = status
        self.ending = ending
        self.sentBytes = sentBytes
        self.duration = duration
        self.requestID = requestID
        self.traceID = traceID
        self.workspace = workspace
        self.user = user
    }
}

/// Takes what is to be logged of a request; it is called on the event loop of the connection and must not block.
package typealias AccessRecorder = @Sendable (AccessRecord) -> Void
