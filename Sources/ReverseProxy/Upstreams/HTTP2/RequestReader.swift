import NIOCore
import NIOHPACK

/// Reads the request that is written for an upstream, which is HTTP/1.1, as the frames it becomes.
///
/// It is what ``AnswerReader`` is in the other direction. The head comes in one piece, as it is written.
struct RequestReader {
    /// The scheme of the connection.
    let scheme: String
    /// Whether the method is HEAD, whose answer has no body.
    private(set) var isHEAD = false
    /// What is to come behind the head, which is due while there is none.
    private var body: BodyFrames?

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
        guard var body = self.body else { return try self.readHead(&buffer, &lines) }
        guard !body.isEnded else { throw .badChunk }
        let piece = try body.next(&buffer)
        self.body = body
        return try piece.map { piece throws(HeadRejection) in try StreamPiece(piece) }
    }

    private mutating func readHead(
        _ buffer: inout ByteBuffer,
        _ lines: inout FieldLines
    ) throws(HeadRejection) -> StreamPiece {
        let scheme = self.scheme
        let read = try buffer.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (request: RequestHead, fields: HPACKHeaders) in
            let request = try RequestHead.parse(bytes, into: &lines)
            guard HeadSize.fits(bytes) else { throw .tooLong }
            return (request, RequestFields.make(request, bytes, lines, scheme: scheme))
        }
        buffer.moveReaderIndex(to: buffer.writerIndex)
        self.isHEAD = read.request.method == .head
        let body: BodyFrames =
            switch read.request.framing {
            case .length(0), .untilClose: .ended
            case .length(let length): .length(length)
            case .chunked: .chunked(ChunkedBodyReader())
            }
        self.body = body
        return .fields(read.fields, endsStream: body.isEnded)
    }
}
