/// How the end of a body is told (RFC 9112, 6.3).
enum BodyFraming: Hashable {
    /// So many bytes; none when zero.
    case length(Int)
    /// Chunks, then trailers.
    case chunked
    /// The connection's end; responses only.
    case untilClose
}
