/// How an upstream failed a request.
enum UpstreamFailure: Error, Hashable {
    /// The connection closed before the answer began.
    case closedBeforeAnswer
    /// What came is not an answer in HTTP.
    case notHTTP
    /// The connection closed within the answer, or its framing broke.
    case brokenAnswer
    /// The upstream says that it has not looked at the request (RFC 9113, 8.7).
    case refused
    /// The upstream ended the request's stream alone, for another reason (RFC 9113, 7).
    case reset
    /// The request's head, of which nothing was sent then, or its trailers are more than one frame of HTTP/2 holds.
    case headTooLarge

    /// The answer's head is more than one frame of HTTP/2 holds, and the client speaks that.
    case answerTooLarge

    /// Whether it tells something of the upstream's health.
    var isUpstreams: Bool {
        switch self {
        case .closedBeforeAnswer, .notHTTP, .brokenAnswer, .reset: true
        case .refused, .headTooLarge, .answerTooLarge: false
        }
    }
}
