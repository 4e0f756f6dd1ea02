import NIOCore

/// The body of a message that is written as HTTP/1.1, read as the frames it becomes.
enum BodyFrames {
    /// A part of a body.
    enum Piece {
        /// Bytes, which may be the last.
        case data(ByteBuffer, endsStream: Bool)
        /// The trailers that end it, as lines.
        case trailers([UInt8])
    }

    /// So many bytes are to come.
    case length(Int)
    /// Chunks are to come.
    case chunked(ChunkedBodyReader)
    /// The message is over.
    case ended

    /// Whether nothing is to come.
    var isEnded: Bool {
        if case .ended = self { true } else { false }
    }

    /// Takes the next piece.
    ///
    /// - Parameter buffer: What was written and not yet used.
    /// - Returns: `nil` when more bytes are needed, and at the end.
    /// - Throws: When the bytes are no body.
    mutating func next(_ buffer: inout ByteBuffer) throws(HeadRejection) -> Piece? {
        switch self {
        case .length(let remaining):
            let available = min(remaining, buffer.readableBytes)
            guard available > 0, let data = buffer.readSlice(length: available) else { return nil }
            self = available == remaining ? .ended : .length(remaining - available)
            return .data(data, endsStream: available == remaining)
        case .chunked(var reader):
            let piece = try reader.next(&buffer)
            self = .chunked(reader)
            switch piece {
            case .data(let data)?:
                return .data(data, endsStream: false)
            case .end(let trailers)?:
                self = .ended
                return trailers.isEmpty ? .data(ByteBuffer(), endsStream: true) : .trailers(trailers)
            case nil:
                return nil
            }
        case .ended:
            return nil
        }
    }
}
