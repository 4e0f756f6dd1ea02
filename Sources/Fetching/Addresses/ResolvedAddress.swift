import NIOCore

/// An address that a name resolved to; an IPv4-mapped IPv6 address is its IPv4 address.
package struct ResolvedAddress: Hashable, Sendable {
    /// 4 bytes for IPv4, 16 for IPv6, in network order.
    let bytes: [UInt8]

    private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Takes 4 or 16 bytes in network order.
    ///
    /// - Returns: `nil` for any other number of bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let isMapped = bytes.count == 16 && bytes.starts(with: Self.mappedPrefix)
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    /// The socket to connect to: no name is left in it that could be resolved again.
    func socketAddress(port: Int) throws -> SocketAddress {
        try SocketAddress(packedIPAddress: ByteBuffer(bytes: self.bytes), port: port)
    }
}

extension ResolvedAddress: CustomStringConvertible {
    /// The canonical notation.
    package var description: String {
        (try? self.socketAddress(port: 0))?.ipAddress ?? ""
    }
}
