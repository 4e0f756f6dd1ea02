import Foundation

/// Finds out which TCP ports of an IPv4 address are free.
package enum TCPPort {
    /// Returns a port that nothing listens on now, chosen by the system.
    ///
    /// Another process may take it before the caller binds it, so a caller that starts a server on it tries again with
    /// another when the server cannot bind.
    ///
    /// - Throws: `LocalServerError.noFreePort` when the system gives none.
    package static func free(on host: String = "127.0.0.1") throws -> Int {
        guard let port = bind(host: host, port: 0) else {
            throw LocalServerError.noFreePort(host: host)
        }
        return port
    }

    /// Tells whether a server could listen on the port now.
    package static func isFree(_ port: Int, on host: String = "127.0.0.1") -> Bool {
        bind(host: host, port: port) != nil
    }

    /// Tells whether something accepts connections on the port now.
    package static func answers(_ port: Int, on host: String = "127.0.0.1") -> Bool {
        withSocket(to: host, port: port) { descriptor, address, length in
            connect(descriptor, address, length) == 0
        } ?? false
    }

    /// Binds and releases the port; returns its number, or nil when it cannot be bound.
    private static func bind(host: String, port: Int) -> Int? {
        let bound: Int?? = withSocket(to: host, port: port) { descriptor, address, length in
            // As every server here does: a connection in TIME_WAIT is no reason to call the port taken.
            var reuse: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
            guard systemBind(descriptor, address, length) == 0, listen(descriptor, 1) == 0 else { return nil }
            return boundPort(of: descriptor)
        }
        return bound ?? nil
    }

    private static func boundPort(of descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return result == 0 ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }

    /// Opens a socket for the length of the closure; nil when the address is no IPv4 address or no socket can be had.
    private static func withSocket<Result>(
        to host: String,
        port: Int,
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result? {
        guard let portNumber = UInt16(exactly: port) else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = portNumber.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        let descriptor = socket(AF_INET, streamSocket, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func systemBind(
        _ descriptor: Int32,
        _ address: UnsafePointer<sockaddr>,
        _ length: socklen_t
    )
        -> Int32
    {
        #if canImport(Glibc)
        Glibc.bind(descriptor, address, length)
        #else
        Darwin.bind(descriptor, address, length)
        #endif
    }

    private static var streamSocket: Int32 {
        #if canImport(Glibc)
        Int32(SOCK_STREAM.rawValue)
        #else
        SOCK_STREAM
        #endif
    }
}
