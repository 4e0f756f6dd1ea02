import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the connections of one event loop read into, one after the other: whoever keeps what was read keeps the memory, and
/// the next reading gets other.
struct ReadMemory {
    /// What came of a reading.
    enum Reading {
        /// Bytes; whether the socket had no more at that moment.
        case bytes(ByteBuffer, isAll: Bool)
        /// None yet.
        case nothing
        /// None any more.
        case end
        /// The connection broke.
        case failure(IOError)
    }

    /// How much larger than asked for the memory may be, so that a few bytes that are kept do not keep much.
    private static func limit(_ size: Int) -> Int { max(4 * size, 4_096) }

    private var memory = ByteBuffer()

    /// Reads once.
    ///
    /// - Parameters:
    ///   - descriptor: A connected socket.
    ///   - size: How much to read at least, where there is as much.
    /// - Returns: What came of it; bytes may be kept for as long as anybody likes.
    mutating func receive(from descriptor: CInt, size: Int) -> Reading {
        if (size...Self.limit(size)).contains(self.memory.storageCapacity) {
            self.memory.clear()
        } else {
            self.memory = ByteBufferAllocator().buffer(capacity: size)
        }
        var capacity = 0
        var failure: CInt = 0
        let count = self.memory.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { memory in
            capacity = memory.count
            var count = -1
            repeat {
                count = recv(descriptor, memory.baseAddress, memory.count, CInt(MSG_DONTWAIT))
                failure = count < 0 ? errno : 0
            } while failure == EINTR
            return max(count, 0)
        }
        switch failure {
        case 0: return count == 0 ? .end : .bytes(self.memory, isAll: count < capacity)
        case EAGAIN: return .nothing
        default: return .failure(IOError(errnoCode: failure, reason: "recv"))
        }
    }
}
