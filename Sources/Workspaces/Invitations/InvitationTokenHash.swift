/// The SHA-256 of an invitation's secret: the key under which its link is found.
package struct InvitationTokenHash: Hashable, Sendable {
    private let bits: Bits256

    /// Takes the bits of a digest.
    init(_ bits: Bits256) {
        self.bits = bits
    }

    /// The 32 bytes of the digest.
    package var bytes: [UInt8] { self.bits.bytes }
}
