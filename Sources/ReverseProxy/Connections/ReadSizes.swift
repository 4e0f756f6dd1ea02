import NIOCore

/// How much is read from a connection at once: twice as much after a reading that filled the memory, half as much after
/// two readings in a row that would have fitted into half of it.
///
/// This is the rule of SwiftNIO's `AdaptiveRecvByteBufferAllocator`, in so few bytes that the channel keeps the value
/// within itself instead of in a box on the heap that every reading has to look into.
struct ReadSizes: RecvByteBufferAllocator {
    private static let minimum = 256
    private static let maximum = 65_536

    /// In bytes.
    private(set) var size = 2_048
    private var wasSmall = false

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        allocator.buffer(capacity: self.size)
    }

    func nextBufferSize() -> Int? { self.size }

    mutating func record(actualReadBytes: Int) -> Bool {
        if actualReadBytes >= self.size {
            self.wasSmall = false
            guard self.size < Self.maximum else { return false }
            self.size *= 2
            return true
        }
        let isSmall = actualReadBytes <= self.size / 2 && self.size > Self.minimum
        if isSmall, self.wasSmall {
            self.size /= 2
            self.wasSmall = false
        } else {
            self.wasSmall = isSmall
        }
        return false
    }
}
