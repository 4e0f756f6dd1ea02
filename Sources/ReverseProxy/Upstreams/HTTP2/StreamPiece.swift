import NIOCore
import NIOHPACK
import NIOHTTP2

/// A part of a message in HTTP/1.1 that becomes one frame of a stream.
enum StreamPiece {
    /// The fields of a head, which end the stream where there is no body; or trailers.
    case fields(HPACKHeaders, endsStream: Bool)
    /// Bytes of the body.
    case data(ByteBuffer, endsStream: Bool)

    /// Takes a piece of a body.
    ///
    /// - Throws: When its trailers become more than a frame holds.
    init(_ piece: BodyFrames.Piece) throws(HeadRejection) {
        switch piece {
        case .data(let data, let endsStream): self = .data(data, endsStream: endsStream)
        case .trailers(let lines): self = .fields(try RequestFields.trailers(lines), endsStream: true)
        }
    }

    /// Whether the stream ends with it.
    var endsStream: Bool {
        switch self {
        case .fields(_, let endsStream), .data(_, let endsStream): endsStream
        }
    }

    /// The frame.
    var frame: HTTP2Frame.FramePayload {
        switch self {
        case .fields(let fields, let endsStream):
            .headers(HTTP2Frame.FramePayload.Headers(headers: fields, endStream: endsStream))
        case .data(let data, let endsStream):
            .data(HTTP2Frame.FramePayload.Data(data: .byteBuffer(data), endStream: endsStream))
        }
    }
}
