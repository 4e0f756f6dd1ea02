import NIOCore
import NIOHPACK

/// Reads the request that is written for an upstream, which is HTTP/1.1, as the frames it becomes.
///
/// It is what ``AnswerReader`` is in the other direction. The head comes in one piece, as it is written.
struct RequestReader {
    private enum State {
        /// The head is due.
        case head
        /// So many bytes of the body are to come.
        case length(Int)
        /// Chunks are to come.
        case chunked(ChunkedBodyReader)
        /// The request is over.
        case ended
    }

    /// The scheme of the connection.
    let scheme: String
    /// Whether the method is HEAD, whose answer has no body.
    private(set) var isHEAD = false
    private var state = State.head

    init(scheme: String) {
        self.scheme = scheme
    }

    /// Takes the next piece.
    ///
    /// - Parameters:
    ///   - buffer: What was written and not yet used.
    ///   - lines: Memory for the lines of the head.
    /// - Returns: `nil` when more bytes are needed.
    /// - Throws: When the bytes are no request, or its head becomes more than a frame holds.
    mutating func next(_ buffer: inout ByteBuffer, lines: inout FieldLines) throws(HeadRejection) -> StreamPiece? {
        guard buffer.readableBytes > 0 else { return nil }
        switch self.state {
        case .head:
            return try self.readHead(&buffer, &lines)
        case .length(let remaining):
            let available = min(remaining, buffer.readableBytes)
            guard let data = buffer.readSlice(length: available) else { return nil }
            self.state = available == remaining ? .ended : .length(remaining - available)
            return .data(data, endsStream: available == remaining)
        case .chunked(var reader):
            let piece = try reader.next(&buffer)
            self.state = .chunked(reader)
            switch piece {
            case .data(let data)?:
                return .data(data, endsStream: false)
            case .end(let trailers)?:
                self.state = .ended
                guard !trailers.isEmpty else { return .data(ByteBuffer(), endsStream: true) }
                return .fields(try AnswerBlock.trailers(trailers), endsStream: true)
            case nil:
                return nil
            }
        case .ended:
            throw .badChunk
        }
    }

    private mutating func readHead(
        _ buffer: inout ByteBuffer,
        _ lines: inout FieldLines
    ) throws(HeadRejection) -> StreamPiece {
        let scheme = self.scheme
        let read = try buffer.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (request: RequestHead, fields: HPACKHeaders) in
            let request = try RequestHead.parse(bytes, into: &lines)
            guard AnswerBlock.fits(bytes) else { throw .tooLong }
            return (request, RequestFields.make(request, bytes, lines, scheme: scheme))
        }
        buffer.moveReaderIndex(to: buffer.writerIndex)
        self.isHEAD = read.request.method == .head
        switch read.request.framing {
        case .length(0), .untilClose: self.state = .ended
        case .length(let length): self.state = .length(length)
        case .chunked: self.state = .chunked(ChunkedBodyReader())
        }
        if case .ended = self.state { return .fields(read.fields, endsStream: true) }
        return .fields(read.fields, endsStream: false)
    }
}
