/// Reads a chunked body (RFC 9112, 7.1) piece by piece, keeping nothing: what it cannot use yet is given to it again.
///
///     chunk     = 1*15HEXDIG *( ";" token [ "=" ( token / quoted-string ) ] ) CR LF, its bytes, CR LF
///     last      = 1*15"0" *( extension ) CR LF, trailers, CR LF
///
/// A size line with its extensions, which are dropped, has at most 256 bytes; all trailers together have at most 4,096.
/// Every line ends with CR LF. RFC 9112, 7.1.1 lets there be white space around the semicolon and the equals sign, which
/// llhttp refuses, and so it is refused here, but behind the size of an answer: old servers fill it up with spaces, and
/// what goes on to the client is framed anew.
struct ChunkedBodyReader {
    /// What the bytes give.
    enum Step: Hashable {
        /// So many bytes of the body come next, which the caller takes.
        case data(length: Int)
        /// The body has ended; the trailers that may pass as complete lines, maybe none.
        case end(trailers: [UInt8])
    }

    private enum State {
        /// At a size line.
        case size
        /// Within a chunk of which so many bytes are to come.
        case data(Int)
        /// At the line end behind a chunk.
        case dataEnd
        /// Behind the last chunk.
        case trailers
        /// Behind the body.
        case finished
    }

    private static let maximumSizeLine = 256
    private static let maximumTrailers = 4_096

    private let isAnswer: Bool
    private var state = State.size

    /// Begins a body.
    ///
    /// - Parameter isAnswer: Whether an upstream sends it, which may pad sizes, and whose trailers that frame the message are
    ///   dropped rather than refused.
    init(isAnswer: Bool = false) {
        self.isAnswer = isAnswer
    }

    /// Reads on.
    ///
    /// - Parameters:
    ///   - bytes: What has arrived and was not used yet.
    ///   - position: The first byte to read; behind the call, the first that was not used.
    /// - Returns: `nil` when more bytes are needed, or the body has ended.
    /// - Throws: The first defect.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        from position: inout Int
    ) throws(HeadRejection) -> Step? {
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            switch self.state {
            case .size:
                guard let line = try self.sizeLine(rest) else { return nil }
                position += line.length
                self.state = line.size == 0 ? .trailers : .data(line.size)
            case .data(let remaining):
                let available = min(remaining, rest.count)
                guard available > 0 else { return nil }
                self.state = available == remaining ? .dataEnd : .data(remaining - available)
                return .data(length: available)
            case .dataEnd:
                guard try Self.isLineEnd(rest) else { return nil }
                position += 2
                self.state = .size
            case .trailers:
                guard let section = try self.trailers(rest) else { return nil }
                position += section.length
                self.state = .finished
                return .end(trailers: section.trailers)
            case .finished:
                return nil
            }
        }
    }

    /// Whether bytes begin with a line end; false when it has not arrived.
    private static func isLineEnd(_ bytes: UnsafeRawBufferPointer) throws(HeadRejection) -> Bool {
        guard let first = bytes.first else { return false }
        guard first == 0x0D else { throw .badChunk }
        guard bytes.count > 1 else { return false }
        guard bytes[1] == 0x0A else { throw .badChunk }
        return true
    }

    /// Reads a size line; `nil` when its end has not arrived.
    private func sizeLine(
        _ bytes: UnsafeRawBufferPointer
    ) throws(HeadRejection) -> (size: Int, length: Int)? {
        var size = 0
        var position = 0
        while position < bytes.count, let digit = PercentEncoding.hexValue(bytes[position]) {
            guard position < 15 else { throw .badChunk }
            size = size << 4 | Int(digit)
            position += 1
        }
        guard position < bytes.count else { return nil }
        guard position > 0 else { throw .badChunk }
        if self.isAnswer {
            while position < bytes.count, ByteClass.isSpace(bytes[position]) {
                guard position < Self.maximumSizeLine else { throw .badChunk }
                position += 1
            }
            guard position < bytes.count else { return nil }
        }
        if bytes[position] != 0x0D {
            guard let end = try ChunkExtensions.end(in: bytes, from: position, limit: Self.maximumSizeLine) else {
                return nil
            }
            position = end
        }
        guard try Self.isLineEnd(UnsafeRawBufferPointer(rebasing: bytes[position...])) else { return nil }
        return (size, position + 2)
    }

    private func trailers(
        _ bytes: UnsafeRawBufferPointer
    ) throws(HeadRejection) -> (trailers: [UInt8], length: Int)? {
        // An empty line at once is the usual case: no trailers.
        if bytes.first == 0x0D { return try Self.isLineEnd(bytes) ? ([], 2) : nil }
        var scanner = HeadScanner()
        guard let extent = try scanner.scan(bytes, maximumSize: Self.maximumTrailers, maximumLines: 64) else {
            return nil
        }
        return (try self.passingTrailers(UnsafeRawBufferPointer(rebasing: bytes[..<extent.end])), extent.end)
    }

    /// The trailers without those that name a person, route the message or set cookies (RFC 9110, 6.5.1); those that would
    /// frame it once more, or rule the connection, are refused in a request.
    private func passingTrailers(_ section: UnsafeRawBufferPointer) throws(HeadRejection) -> [UInt8] {
        var lines = FieldLines()
        var parser = FieldParser()
        try parser.parse(section, from: 0, into: &lines)
        guard self.isAnswer || parser.contentLength == nil else { throw .badContentLength }
        guard self.isAnswer || !parser.isChunked else { throw .badTransferEncoding }
        guard self.isAnswer || parser.connection.isEmpty else { throw .badFieldName }
        return lines.filter { $0.kind == .other }.flatMap { section[$0.start..<$0.end] }
    }
}
