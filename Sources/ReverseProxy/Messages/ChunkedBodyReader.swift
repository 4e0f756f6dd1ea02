import NIOCore

/// Reads a chunked body (RFC 9112, 7.1) piece by piece, keeping nothing: what it cannot use yet stays in the buffer.
///
/// Sizes have at most 15 digits; a size line with its extensions, which are dropped, at most 256 bytes; all trailers
/// together at most 4,096 bytes. Every line ends with CR LF.
struct ChunkedBodyReader {
    /// What the buffer gave.
    enum Piece {
        /// Bytes of the body.
        case data(ByteBuffer)
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

    private var state = State.size

    /// Takes the next piece.
    ///
    /// - Returns: `nil` when more bytes are needed, or the body has ended.
    mutating func next(_ buffer: inout ByteBuffer) throws(HeadRejection) -> Piece? {
        while true {
            switch self.state {
            case .size:
                guard let size = try Self.size(&buffer) else { return nil }
                self.state = size == 0 ? .trailers : .data(size)
            case .data(let remaining):
                let available = min(remaining, buffer.readableBytes)
                guard available > 0, let data = buffer.readSlice(length: available) else { return nil }
                self.state = available == remaining ? .dataEnd : .data(remaining - available)
                return .data(data)
            case .dataEnd:
                guard try Self.readLineEnd(&buffer) else { return nil }
                self.state = .size
            case .trailers:
                guard let trailers = try Self.trailers(&buffer) else { return nil }
                self.state = .finished
                return .end(trailers: trailers)
            case .finished:
                return nil
            }
        }
    }

    /// Passes over a line end; false when it has not arrived.
    private static func readLineEnd(_ buffer: inout ByteBuffer) throws(HeadRejection) -> Bool {
        let index = buffer.readerIndex
        guard let first = buffer.getInteger(at: index, as: UInt8.self) else { return false }
        guard first == 0x0D else { throw .badChunk }
        guard let second = buffer.getInteger(at: index + 1, as: UInt8.self) else { return false }
        guard second == 0x0A else { throw .badChunk }
        buffer.moveReaderIndex(forwardBy: 2)
        return true
    }

    private static func size(_ buffer: inout ByteBuffer) throws(HeadRejection) -> Int? {
        let line = try buffer.withUnsafeReadableBytes { bytes throws(HeadRejection) in try Self.sizeLine(bytes) }
        guard let line else { return nil }
        buffer.moveReaderIndex(forwardBy: line.length)
        return line.size
    }

    /// Reads `size [ ; extension ] CR LF`: the size and the length of the line.
    private static func sizeLine(
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
        if bytes[position] != 0x0D {
            guard bytes[position] == UInt8(ascii: ";") || ByteClass.isSpace(bytes[position]) else { throw .badChunk }
            guard try Self.isExtension(bytes, &position) else { return nil }
        }
        guard position + 1 < bytes.count else { return nil }
        guard bytes[position + 1] == 0x0A else { throw .badChunk }
        return (size, position + 2)
    }

    /// Passes over white space and an extension up to the carriage return; false when that has not arrived.
    private static func isExtension(
        _ bytes: UnsafeRawBufferPointer,
        _ position: inout Int
    ) throws(HeadRejection) -> Bool {
        var first = position
        while first < bytes.count, ByteClass.isSpace(bytes[first]) { first += 1 }
        guard first == bytes.count || bytes[first] == UInt8(ascii: ";") else { throw .badChunk }
        while position < bytes.count, ByteClass.isFieldValue(bytes[position]) {
            guard position < Self.maximumSizeLine else { throw .badChunk }
            position += 1
        }
        guard position < bytes.count else { return false }
        guard bytes[position] == 0x0D else { throw .badChunk }
        return true
    }

    private static func trailers(_ buffer: inout ByteBuffer) throws(HeadRejection) -> [UInt8]? {
        // An empty line at once is the usual case: no trailers.
        if buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) == 0x0D {
            return try Self.readLineEnd(&buffer) ? [] : nil
        }
        let section = try buffer.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (trailers: [UInt8], length: Int)? in
            var scanner = HeadScanner()
            guard let extent = try scanner.scan(bytes, maximumSize: Self.maximumTrailers, maximumLines: 64) else {
                return nil
            }
            return (try Self.passingTrailers(UnsafeRawBufferPointer(rebasing: bytes[..<extent.end])), extent.end)
        }
        guard let section else { return nil }
        buffer.moveReaderIndex(forwardBy: section.length)
        return section.trailers
    }

    /// The trailers without those that frame the message, name a person or set cookies (RFC 9110, 6.5.1).
    private static func passingTrailers(_ section: UnsafeRawBufferPointer) throws(HeadRejection) -> [UInt8] {
        var lines = FieldLines()
        var parser = FieldParser()
        try parser.parse(section, from: 0, into: &lines)
        return lines.filter { $0.kind == .other }.flatMap { section[$0.start..<$0.end] }
    }
}
