package import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An IPv4 or IPv6 address; an IPv4-mapped IPv6 address is its IPv4 address.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64
    /// 32 for IPv4, 128 for IPv6.
    package let bitCount: Int

    private init(high: UInt64, low: UInt64, bitCount: Int) {
        self.high = high
        self.low = low
        self.bitCount = bitCount
    }

    /// Reads an address without port, brackets or zone; anything else is `nil`.
    package init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(high: 0, low: Self.word(bytes[0..<4]), bitCount: 32)
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            let high = Self.word(bytes[0..<8])
            let low = Self.word(bytes[8..<16])
            let isMapped = high == 0 && low >> 32 == 0xFFFF
            self.init(high: high, low: isMapped ? low & 0xFFFF_FFFF : low, bitCount: isMapped ? 32 : 128)
        } else {
            return nil
        }
    }

    /// Takes the address of an IP socket; a UNIX domain socket has none.
    package init?(_ address: SocketAddress) {
        // The zone of a link-local address, if any, is no part of the address.
        guard let text = address.ipAddress?.prefix(while: { $0 != "%" }) else { return nil }
        self.init(String(text))
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The address with all but its first `length` bits cleared.
    func masked(to length: Int) -> NetworkAddress {
        if self.bitCount == 32 {
            let mask: UInt64 = length == 0 ? 0 : (0xFFFF_FFFF << (32 - UInt64(length))) & 0xFFFF_FFFF
            return NetworkAddress(high: 0, low: self.low & mask, bitCount: 32)
        }
        let highMask: UInt64 = length == 0 ? 0 : length >= 64 ? .max : .max << (64 - UInt64(length))
        let lowMask: UInt64 = length <= 64 ? 0 : length == 128 ? .max : .max << (128 - UInt64(length))
        return NetworkAddress(high: self.high & highMask, low: self.low & lowMask, bitCount: 128)
    }

    package var description: String {
        if self.bitCount == 32 {
            return (0..<4).map { String(self.low >> UInt64(24 - 8 * $0) & 0xFF) }.joined(separator: ".")
        }
        var bytes: [UInt8] = []
        for word in [self.high, self.low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0)
        return address?.ipAddress ?? ""
    }
}
