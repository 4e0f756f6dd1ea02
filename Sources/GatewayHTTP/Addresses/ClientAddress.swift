package import NIOCore

/// The address that a request counts against.
package struct ClientAddress: Hashable, Sendable, CustomStringConvertible {
    /// What is known of a connection without an IP address, such as a UNIX domain socket.
    package static let unknown = ClientAddress(description: "unknown", block: [], network: [])

    /// The address as it stands in logs.
    package let description: String

    /// The bytes that an attempt limit counts by: an IPv4 address, or the first 64 bits of an IPv6 address, since one
    /// household or host is given at least that many.
    package let block: [UInt8]

    /// The bytes of the network around it, which is what one organization is given: the first 24 bits of an IPv4
    /// address, or the first 48 of an IPv6 address.
    package let network: [UInt8]

    private init(description: String, block: [UInt8], network: [UInt8]) {
        self.description = description
        self.block = block
        self.network = network
    }

    /// Takes the other end of an IP socket; a UNIX domain socket has no address.
    package init?(_ address: SocketAddress) {
        // Behind family and port lies the address of `sockaddr_in`; that of `sockaddr_in6` lies behind the flow, too.
        switch address {
        case .v4(let address):
            self.init(packed: withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
        case .v6(let address):
            self.init(packed: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
        case .unixDomainSocket:
            return nil
        }
    }

    /// Reads an address without port, brackets or zone; anything else is `nil`.
    package init?(_ text: String) {
        guard !text.contains("%"), let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        self.init(address)
    }

    /// An IPv4-mapped IPv6 address is its IPv4 address.
    private init?(packed: [UInt8]) {
        let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let bytes = packed.starts(with: mappedPrefix) ? Array(packed.dropFirst(12)) : packed
        guard let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0),
            let text = address.ipAddress
        else { return nil }
        let network = bytes.prefix(bytes.count == 4 ? 3 : 6)
        self.init(description: text, block: Array(bytes.prefix(8)), network: Array(network))
    }
}
