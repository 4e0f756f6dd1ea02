import HTTP2Framing
import NIOCore

/// Reads the answer that is written for a stream, which is HTTP/1.1 whoever wrote it, as the frames it becomes.
struct AnswerReader {
    /// A part of an answer.
    enum Piece {
        /// The fields of an interim answer.
        case interim
        /// The fields of the answer, which end the stream where there is no body.
        case head(endsStream: Bool)
        /// Bytes of the body.
        case data(ByteBuffer, endsStream: Bool)
        /// The trailers, which end the stream.
        case trailers
    }

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
    ///   - block: Where the fields of the piece go.
    /// - Returns: `nil` when more bytes are needed.
    /// - Throws: When the bytes are no answer to one request.
    mutating func next(
        _ buffer: inout ByteBuffer,
        lines: inout FieldLines,
        block: inout HeaderBlock
    ) throws(HeadRejection) -> Piece? {
        guard buffer.readableBytes > 0 else { return nil }
        switch self.state {
        case .head:
            return try self.readHead(&buffer, &lines, &block)
        case .body(.ended):
            // A refusal that was given before the method was known has a body.
            guard self.isHEAD else { throw .badChunk }
            buffer.moveReaderIndex(to: buffer.writerIndex)
            return nil
        case .body(var body):
            let piece = try body.next(&buffer)
            self.state = .body(body)
            switch piece {
            case .data(let data, let endsStream)?:
                return .data(data, endsStream: endsStream)
            case .trailers(let section)?:
                try AnswerBlock.write(trailers: section, to: &block)
                return .trailers
            case nil:
                return nil
            }
        }
    }

    private mutating func readHead(
        _ buffer: inout ByteBuffer,
        _ lines: inout FieldLines,
        _ block: inout HeaderBlock
    ) throws(HeadRejection) -> Piece? {
        var scanner = self.scanner
        let isHEAD = self.isHEAD
        let read = try buffer.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (isInterim: Bool, state: State, length: Int)? in
            guard let extent = try scanner.scan(bytes, maximumSize: .max, maximumLines: .max - 1) else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            let response = try ResponseHead.parse(head, into: &lines)
            // RFC 9113, 8.6: there is no 101.
            guard response.status != 101 else { throw .badSwitch }
            guard HeadSize.fits(head) else { throw .tooLong }
            AnswerBlock.write(response, head, lines, to: &block)
            return (response.isInterim, try Self.state(behind: response, isHEAD: isHEAD), extent.end)
        }
        guard let read else {
            self.scanner = scanner
            return nil
        }
        self.scanner = HeadScanner()
        self.state = read.state
        buffer.moveReaderIndex(forwardBy: read.length)
        return read.isInterim ? .interim : .head(endsStream: self.isEnded)
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
