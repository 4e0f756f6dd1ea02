/// The end of a stream that was reset, by either side.
struct HTTP2StreamReset: Error, Hashable, Sendable {
    /// The error code (RFC 9113, 7).
    let errorCode: UInt32
}
