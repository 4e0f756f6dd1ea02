/// How an upstream failed a request.
enum UpstreamFailure: Hashable {
    /// The connection closed before the answer began.
    case closedBeforeAnswer
    /// What came is not an answer in HTTP.
    case notHTTP
    /// The connection closed within the answer, or its framing broke.
    case brokenAnswer
}
