import NIOCore
import NIOHPACK

/// Reads the answer that is written for a stream, which is HTTP/1.1 whoever wrote it, as the frames it becomes.
struct AnswerReader {
    private enum State {
        /// A head is due.
        case head
        /// What is to come behind it.
        case body(BodyFrames)
    }

    /// Whether the request is HEAD, so that there is no body.
    var isHEAD = false
    private var state = State.head
    private var scanner = HeadScanner()

    /// Whether the whole answer was read.
    var isEnded: Bool {
        if case .body(let body) = self.state { body.isEnded } else { false }
    }

    /// Takes the next piece.
    ///
    /// - Parameters:
    ///   - buffer: What was written and not yet used.
    ///   - lines: Memory for the lines of a head.
    /// - Returns: `nil` when more bytes are needed.
    /// - Throws: When the bytes are no answer to one request.
    mutating func next(_ buffer: inout ByteBuffer, lines: inout FieldLines) throws(HeadRejection) -> StreamPiece? {
        guard buffer.readableBytes > 0 else { return nil }
        switch self.state {
        case .head:
            return try self.readHead(&buffer, &lines)
        case .body(.ended):
            // A refusal that was given before the method was known has a body.
            guard self.isHEAD else { throw .badChunk }
            buffer.moveReaderIndex(to: buffer.writerIndex)
            return nil
        case .body(var body):
            let piece = try body.next(&buffer)
            self.state = .body(body)
            return piece
        }
    }

    private mutating func readHead(
        _ buffer: inout ByteBuffer,
        _ lines: inout FieldLines
    ) throws(HeadRejection) -> StreamPiece? {
        var scanner = self.scanner
        let isHEAD = self.isHEAD
        let read = try buffer.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (fields: HPACKHeaders, state: State, length: Int)? in
            guard let extent = try scanner.scan(bytes, maximumSize: .max, maximumLines: .max - 1) else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            let response = try ResponseHead.parse(head, into: &lines)
            // RFC 9113, 8.6: there is no 101.
            guard response.status != 101 else { throw .badSwitch }
            guard AnswerBlock.fits(head) else { throw .tooLong }
            let fields = AnswerBlock.fields(response, head, lines)
            return (fields, try Self.state(behind: response, isHEAD: isHEAD), extent.end)
        }
        guard let read else {
            self.scanner = scanner
            return nil
        }
        self.scanner = HeadScanner()
        self.state = read.state
        buffer.moveReaderIndex(forwardBy: read.length)
        return .fields(read.fields, endsStream: self.isEnded)
    }

    private static func state(behind response: ResponseHead, isHEAD: Bool) throws(HeadRejection) -> State {
        if response.isInterim { return .head }
        if isHEAD || response.hasNoBody { return .body(.ended) }
        switch response.framing {
        case .length(0): return .body(.ended)
        case .length(let length): return .body(.length(length))
        case .chunked: return .body(.chunked(ChunkedBodyReader()))
        // The end of the stream would be the end of an answer that nobody ended.
        case .untilClose: throw .badContentLength
        }
    }
}
