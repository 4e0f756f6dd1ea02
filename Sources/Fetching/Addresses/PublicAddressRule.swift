/// Whether an address belongs to the public Internet: the IANA registries of special-purpose addresses, read so that what
/// is not known to be public is not.
///
/// In IPv4, where nearly everything is assigned, the blocks that are not public are listed. In IPv6 only 2000::/3 is
/// assigned at all; within it, what carries an IPv4 address (6to4, Teredo) or leads nowhere is listed. Everything else is
/// refused with one stroke: loopback, link-local, unique local, multicast, IPv4-compatible and translated (64:ff9b::/96)
/// addresses.
enum PublicAddressRule {
    /// The first bits of addresses.
    private struct Block {
        let prefix: [UInt8]
        let length: Int

        init(_ prefix: [UInt8], _ length: Int) {
            self.prefix = prefix
            self.length = length
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            (0..<self.length)
                .allSatisfy { bit in
                    let mask = UInt8(0x80) >> UInt8(bit % 8)
                    let wanted = bit / 8 < self.prefix.count ? self.prefix[bit / 8] : 0
                    return bytes[bit / 8] & mask == wanted & mask
                }
        }
    }

    private static let specialIPv4 = [
        Block([0], 8),  // this network
        Block([10], 8),  // private
        Block([100, 64], 10),  // shared by carriers (CGNAT)
        Block([127], 8),  // loopback
        Block([169, 254], 16),  // link-local, where clouds keep their credentials
        Block([172, 16], 12),  // private
        Block([192, 0, 0], 24),  // protocol assignments
        Block([192, 0, 2], 24),  // documentation
        Block([192, 88, 99], 24),  // 6to4 relays
        Block([192, 168], 16),  // private
        Block([198, 18], 15),  // benchmarks
        Block([198, 51, 100], 24),  // documentation
        Block([203, 0, 113], 24),  // documentation
        Block([224], 4),  // multicast
        Block([240], 4),  // reserved, and broadcast
    ]

    private static let assignedIPv6 = Block([0x20], 3)

    private static let specialIPv6 = [
        Block([0x20, 0x01, 0x00], 23),  // protocol assignments, Teredo among them
        Block([0x20, 0x01, 0x0D, 0xB8], 32),  // documentation
        Block([0x20, 0x02], 16),  // 6to4
        Block([0x3F, 0xFF], 20),  // documentation
    ]

    /// Whether the address is public.
    static func holds(for address: ResolvedAddress) -> Bool {
        if address.bytes.count == 4 {
            return !Self.specialIPv4.contains { $0.contains(address.bytes) }
        }
        return Self.assignedIPv6.contains(address.bytes) && !Self.specialIPv6.contains { $0.contains(address.bytes) }
    }
}
