import NIOCore

extension ChunkedBodyReader {
    /// What the buffer gave.
    enum Piece {
        /// Bytes of the body.
        case data(ByteBuffer)
        /// The body has ended; the trailers that may pass as complete lines, maybe none.
        case end(trailers: [UInt8])
    }

    /// Takes the next piece out of a buffer; what cannot be used yet stays in it.
    ///
    /// - Returns: `nil` when more bytes are needed, or the body has ended.
    mutating func next(_ buffer: inout ByteBuffer) throws(HeadRejection) -> Piece? {
        var used = 0
        let step = try buffer.withUnsafeReadableBytes { bytes throws(HeadRejection) in
            try self.read(bytes, from: &used)
        }
        buffer.moveReaderIndex(forwardBy: used)
        switch step {
        case .data(let length)?: return buffer.readSlice(length: length).map { .data($0) }
        case .end(let trailers)?: return .end(trailers: trailers)
        case nil: return nil
        }
    }
}
