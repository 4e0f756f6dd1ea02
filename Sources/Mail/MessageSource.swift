/// The bytes of a message, from which the library takes as many as it can write.
final class MessageSource {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Fills a buffer with the next bytes.
    ///
    /// - Returns: How many they are; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let rest = self.bytes[self.offset...].prefix(buffer.count)
        unsafe buffer.copyBytes(from: rest)
        self.offset += rest.count
        return rest.count
    }
}
