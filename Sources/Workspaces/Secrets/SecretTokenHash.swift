/// The SHA-256 of a ``SecretToken``: the key under which what it opens is found.
package struct SecretTokenHash<Purpose>: Hashable, Sendable {
    private let bits: Bits256

    /// Takes the bits of a digest.
    init(_ bits: Bits256) {
        self.bits = bits
    }

    /// Takes a digest from the database.
    ///
    /// - Returns: `nil` unless there are 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard let bits = Bits256(bytes: bytes) else { return nil }
        self.bits = bits
    }

    /// The 32 bytes of the digest.
    package var bytes: [UInt8] { self.bits.bytes }
}
