import NIOCore

/// Writes chunks (RFC 9112, 7.1).
enum ChunkWriter {
    /// Chunks up to this size are copied between their frame, which costs less than three writes.
    private static let copiedSize = 4_096

    /// Writes bytes as one chunk.
    static func write(_ data: ByteBuffer, to write: (ByteBuffer) -> Void) {
        guard data.readableBytes > 0 else { return }
        let copies = data.readableBytes <= Self.copiedSize
        var frame = ByteBufferAllocator().buffer(capacity: 20 + (copies ? data.readableBytes : 0))
        frame.writeString(String(data.readableBytes, radix: 16))
        frame.writeStaticString("\r\n")
        if copies {
            frame.writeImmutableBuffer(data)
            frame.writeStaticString("\r\n")
            write(frame)
        } else {
            write(frame)
            write(data)
            write(ByteBuffer(staticString: "\r\n"))
        }
    }

    /// Writes bytes as one chunk behind what is in a buffer.
    static func write(_ data: UnsafeRawBufferPointer, to buffer: inout ByteBuffer) {
        guard !data.isEmpty else { return }
        buffer.writeString(String(data.count, radix: 16))
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(data)
        buffer.writeStaticString("\r\n")
    }

    /// The last chunk with the trailers.
    static func end(trailers: [UInt8]) -> ByteBuffer {
        var end = ByteBufferAllocator().buffer(capacity: trailers.count + 5)
        end.writeStaticString("0\r\n")
        end.writeBytes(trailers)
        end.writeStaticString("\r\n")
        return end
    }
}
