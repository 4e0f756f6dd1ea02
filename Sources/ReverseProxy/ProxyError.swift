/// Why the data plane answers a request itself: the status and the code that pages and JSON carry.
///
/// Codes shared with the control plane are those of behavior.md section 4 and ruling 10; the others name defects of
/// the HTTP message itself, which no page of the control plane has.
package enum ProxyError: String, Error, Sendable, Hashable, CaseIterable {
    /// The message is not HTTP/1.1 as RFC 9112 has it.
    case requestInvalid = "request_invalid"
    /// The path reads differently to different servers, and the readings belong to different rules.
    case pathAmbiguous = "path_ambiguous"
    /// The route needs a session and there is none.
    case sessionRequired = "session_required"
    /// The session's role is not among the route's.
    case roleNotAllowed = "role_not_allowed"
    /// A proxy in front asked about a request that no route takes, or did not say which request it asks about.
    case originalRequestRefused = "original_request_refused"
    /// A page of another site asks for a WebSocket, or another upgrade, with a session.
    case originNotAllowed = "origin_not_allowed"
    /// No route has this host and path.
    case routeNotFound = "route_not_found"
    /// The route does not take this method.
    case methodNotAllowed = "method_not_allowed"
    /// The client took too long to send its request.
    case requestTimeout = "request_timeout"
    /// The request body is larger than the route allows.
    case bodyTooLarge = "too_large"
    /// An expectation other than `100-continue`.
    case expectationFailed = "expectation_failed"
    /// The session has as many upgraded connections as it may have.
    case tooManyTunnels = "too_many_tunnels"
    /// The head is longer, or has more lines, than allowed.
    case headTooLarge = "head_too_large"
    /// A CONNECT, which asks for a tunnel to a server of the client's choice.
    case connectNotSupported = "connect_not_supported"
    /// The upstream refused the connection, broke it, or did not answer with HTTP.
    case upstreamUnreachable = "upstream_unreachable"
    /// Sessions cannot be read, or the gateway is stopping.
    case unavailable = "unavailable"
    /// Every upstream of the route has as many requests as it may have.
    case upstreamFull = "upstream_full"
    /// The upstream took too long to connect or to begin its answer.
    case upstreamTimeout = "upstream_timeout"

    /// The HTTP status.
    package var status: Int {
        switch self {
        case .requestInvalid, .pathAmbiguous: 400
        case .sessionRequired: 401
        case .roleNotAllowed, .originalRequestRefused, .originNotAllowed: 403
        case .routeNotFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .bodyTooLarge: 413
        case .expectationFailed: 417
        case .tooManyTunnels: 429
        case .headTooLarge: 431
        case .connectNotSupported: 501
        case .upstreamUnreachable: 502
        case .unavailable, .upstreamFull: 503
        case .upstreamTimeout: 504
        }
    }

    /// The reason phrase of the status line.
    package var reason: String {
        switch self {
        case .requestInvalid, .pathAmbiguous: "Bad Request"
        case .sessionRequired: "Unauthorized"
        case .roleNotAllowed, .originalRequestRefused, .originNotAllowed: "Forbidden"
        case .routeNotFound: "Not Found"
        case .methodNotAllowed: "Method Not Allowed"
        case .requestTimeout: "Request Timeout"
        case .bodyTooLarge: "Content Too Large"
        case .expectationFailed: "Expectation Failed"
        case .tooManyTunnels: "Too Many Requests"
        case .headTooLarge: "Request Header Fields Too Large"
        case .connectNotSupported: "Not Implemented"
        case .upstreamUnreachable: "Bad Gateway"
        case .unavailable, .upstreamFull: "Service Unavailable"
        case .upstreamTimeout: "Gateway Timeout"
        }
    }

    /// After how many seconds it is worth asking again (`Retry-After`); `nil` where nobody can say.
    package var retryAfter: Int? {
        switch self {
        case .tooManyTunnels: 30
        case .unavailable, .upstreamFull: 1
        case .requestInvalid, .pathAmbiguous, .sessionRequired, .roleNotAllowed, .originalRequestRefused,
            .originNotAllowed, .routeNotFound, .methodNotAllowed, .requestTimeout, .bodyTooLarge, .expectationFailed,
            .headTooLarge, .connectNotSupported, .upstreamUnreachable, .upstreamTimeout:
            nil
        }
    }

    /// A sentence for whoever reads the answer: what happened, without anything of the request.
    package var message: String {
        switch self {
        case .requestInvalid: "The request is not valid HTTP."
        case .pathAmbiguous: "The path of this address can be read in more than one way."
        case .sessionRequired: "Sign in to continue."
        case .roleNotAllowed: "Your role does not give access to this page."
        case .originalRequestRefused:
            "No route takes this request, or the proxy in front did not name it: see forward authentication in the manual."
        case .originNotAllowed:
            "This site may not open the connection: the operator allows origins with the route's upgrade_origins."
        case .routeNotFound: "There is nothing at this address."
        case .methodNotAllowed: "This address does not accept this kind of request."
        case .requestTimeout: "The request took too long to arrive."
        case .bodyTooLarge: "What was sent is too large."
        case .expectationFailed: "The request expects something that is not offered here."
        case .tooManyTunnels: "You have too many open connections. Close some, or try again later."
        case .headTooLarge: "The header of the request is too large."
        case .connectNotSupported: "This gateway opens no tunnels to other servers."
        case .upstreamUnreachable: "The application cannot be reached."
        case .unavailable: "The gateway cannot check your session at the moment. Try again shortly."
        case .upstreamFull: "The application is busy. Try again shortly."
        case .upstreamTimeout: "The application took too long to answer."
        }
    }
}

/// Makes the HTML page of an error for a browser navigation: the error, the request id, and, where the page is to lead to
/// the sign-in page and back from there, its path and query in; UTF-8 bytes out.
package typealias ErrorPageRenderer =
    @Sendable (_ error: ProxyError, _ requestID: String, _ signInURL: String?) -> [UInt8]
