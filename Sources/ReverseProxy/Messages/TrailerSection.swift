import NIOCore

/// The trailers of a chunked body that was read: complete lines, without the empty one behind them.
enum TrailerSection {
    /// Gives each of its fields to whoever makes a frame of them.
    ///
    /// - Parameters:
    ///   - section: The lines.
    ///   - body: Takes a field, and the bytes in which it stands.
    /// - Throws: When they are more than a frame holds, or no fields.
    static func forEach(
        in section: [UInt8],
        _ body: (_ line: FieldLine, _ bytes: UnsafeRawBufferPointer) -> Void
    ) throws(HeadRejection) {
        // The parser wants the empty line that ends a section.
        try ByteBuffer(bytes: section + [0x0D, 0x0A])
            .withUnsafeReadableBytes { bytes throws(HeadRejection) in
                guard HeadSize.fits(bytes) else { throw .tooLong }
                var lines = FieldLines()
                var parser = FieldParser()
                try parser.parse(bytes, from: 0, into: &lines)
                for line in lines { body(line, bytes) }
            }
    }
}
