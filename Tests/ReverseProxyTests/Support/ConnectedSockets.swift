import NIOPosix
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Two sockets that are connected with one another, as a test has them that looks at what a handler does with one.
enum ConnectedSockets {
    static func open() throws -> (CInt, CInt) {
        var pair: [CInt] = [-1, -1]
        #if canImport(Glibc)
        let kind = CInt(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        try #require(socketpair(AF_UNIX, kind, 0, &pair) == 0)
        return (pair[0], pair[1])
    }

    #if canImport(Glibc)
    /// Two that are connected by TCP.
    static func openTCP() throws -> (CInt, CInt) {
        let kind = CInt(SOCK_STREAM.rawValue)
        let listener = socket(AF_INET, kind, 0)
        defer { Self.close(listener) }
        let own = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isConnected = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 1) == 0
                    && getsockname(listener, address, &length) == 0 && connect(own, address, length) == 0
            }
        }
        try #require(isConnected)
        let other = accept(listener, nil, nil)
        try #require(other >= 0)
        return (own, other)
    }

    /// Sends a byte out of band (RFC 6093).
    static func sendUrgent(_ byte: UInt8, to descriptor: CInt) {
        var byte = byte
        #expect(Glibc.send(descriptor, &byte, 1, CInt(MSG_OOB)) == 1)
    }
    #endif

    /// Expects that nobody has sent anything to sockets, and closes them.
    static func expectNothing(in descriptors: CInt...) {
        var byte: UInt8 = 0
        for descriptor in descriptors {
            #expect(recv(descriptor, &byte, 1, CInt(MSG_DONTWAIT)) <= 0)
            Self.close(descriptor)
        }
    }

    /// Reads so many bytes, a few at a time, on a thread that may wait for them.
    static func read(_ count: Int, atOnce: Int, from descriptor: CInt) async throws -> [UInt8] {
        try await NIOThreadPool.singleton.runIfActive {
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: atOnce)
            while bytes.count < count {
                let length = recv(descriptor, &piece, min(atOnce, count - bytes.count), 0)
                guard length > 0 else { break }
                bytes.append(contentsOf: piece[..<length])
            }
            return bytes
        }
    }

    /// Sends bytes, on a thread that may wait until they are taken.
    static func send(_ bytes: [UInt8], to descriptor: CInt) async throws {
        try await NIOThreadPool.singleton.runIfActive { Self.sendAtOnce(bytes, to: descriptor) }
    }

    /// Sends bytes on this thread.
    static func sendAtOnce(_ bytes: [UInt8], to descriptor: CInt) {
        var count = 0
        while count < bytes.count {
            let sent = bytes[count...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard sent > 0 else { break }
            count += sent
        }
        #expect(count == bytes.count)
    }

    static func close(_ descriptor: CInt) {
        closeDescriptor(descriptor)
    }
}

private func closeDescriptor(_ descriptor: CInt) { _ = close(descriptor) }
