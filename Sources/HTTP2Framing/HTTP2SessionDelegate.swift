package import NIOCore

/// What a session tells of its connection while it takes bytes or gives some.
///
/// None of it may make the session take or give bytes, or end it; everything else may be asked of the session.
package protocol HTTP2SessionDelegate: AnyObject {
    /// The fields of a request have come, which begin a stream.
    func receivedRequest(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool)

    /// Other fields have come on a stream: its trailers.
    func receivedTrailers(_ block: borrowing HeaderBlock, on stream: Int32, endsStream: Bool)

    /// A part of a body has come, which is acknowledged with ``HTTP2Session/consume(_:on:)``.
    func received(_ data: UnsafeRawBufferPointer, on stream: Int32)

    /// The client has ended its side of a stream behind the body.
    func receivedEnd(on stream: Int32)

    /// The client has answered a PING.
    func receivedAcknowledgement()

    /// What of a body can be sent now.
    func nextBody(on stream: Int32, atMost size: Int) -> HTTP2BodyStep

    /// Writes bytes of a body that ``nextBody(on:atMost:)`` has told of; false when they are gone.
    func writeBody(_ size: Int, on stream: Int32, to output: inout ByteBuffer) -> Bool

    /// The last frame of an answer was given.
    func sentEnd(on stream: Int32)

    /// The client has sent what makes the session reset a stream.
    func spoiled()

    /// Fields have come that belong to no stream, or to one that is over or was refused; they were unpacked all the same.
    func ignoredFields()

    /// A stream is over, with an error code of RFC 9113, 7 (0 for none).
    func closed(_ stream: Int32, errorCode: UInt32)
}

/// What of a body can be sent.
package enum HTTP2BodyStep {
    /// Nothing until ``HTTP2Session/resumeBody(on:)``.
    case wait
    /// So many bytes.
    case bytes(Int)
    /// So many bytes, which are the last.
    case last(Int)
    /// So many bytes, which are the last before these trailers.
    case trailers(Int, HeaderBlock)
    /// The stream is not known.
    case unknown
}
