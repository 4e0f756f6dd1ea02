/// The SHA-256 of a setup token: the key under which a link or a visit is found.
package struct SetupTokenHash: Hashable, Sendable {
    private let bits: Bits256

    /// Takes the bits of a digest.
    init(_ bits: Bits256) {
        self.bits = bits
    }

    /// The 32 bytes of the digest.
    package var bytes: [UInt8] { self.bits.bytes }
}
