import Glibc
import Testing

/// A socket that listens on the loopback interface, and tells whether anybody connected.
final class LoopbackListener {
    private let descriptor: Int32
    private let port: UInt16

    /// Where it listens, as messages name it.
    var url: String { "http://127.0.0.1:\(self.port)/x" }

    /// Whether there was a connection: one of the same process is in the queue as soon as `connect` has returned.
    var wasContacted: Bool { accept(self.descriptor, nil, nil) >= 0 }

    init() throws {
        self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = self.descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        self.port = UInt16(bigEndian: address.sin_port)
        try #require(isListening)
    }

    deinit {
        close(self.descriptor)
    }
}
