import Crypto
import CryptoExtras

/// What is kept of a passphrase: scrypt (RFC 7914) of it under a salt of its own.
package struct PassphraseHash: Hashable, Sendable {
    /// How dear one try is.
    package struct Cost: Hashable, Sendable {
        /// The number of rounds N, a power of two; with `blockSize` it makes the memory: 128 · N · r bytes.
        package let rounds: Int
        /// The block size r.
        package let blockSize: Int
        /// The parallelism p, which here means as many computations one after the other in the same memory.
        package let parallelism: Int

        /// Takes the three numbers.
        package init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MiB and some tenths of a second, of the strengths that OWASP's Password Storage Cheat Sheet holds equal.
        package static let standard = Cost(rounds: 32_768, blockSize: 8, parallelism: 3)
    }

    /// The number of bytes of a digest.
    package static let digestLength = 32
    private static let saltLength = 16

    /// What it cost, and what comparing costs.
    package let cost: Cost
    /// The random bytes that keep two equal passphrases apart.
    package let salt: [UInt8]
    /// What scrypt made.
    package let digest: [UInt8]

    /// Takes the columns of a row.
    package init(cost: Cost, salt: [UInt8], digest: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.digest = digest
    }

    /// Hashes a passphrase, which takes a while; see `PassphraseHasher` for where.
    ///
    /// - Throws: The cryptography library's error for a cost that scrypt does not know.
    package init(of passphrase: Passphrase, cost: Cost) throws {
        let salt = Self.random(Self.saltLength)
        self.init(cost: cost, salt: salt, digest: try Self.digest(passphrase, salt: salt, cost: cost))
    }

    /// A hash that no passphrase is known for, so that comparing costs the same where there is none to compare with.
    package static func ofNobody(cost: Cost) -> PassphraseHash {
        PassphraseHash(cost: cost, salt: Self.random(Self.saltLength), digest: Self.random(Self.digestLength))
    }

    /// Whether this is the hash of a passphrase: as dear as making it, and in constant time.
    ///
    /// - Throws: The cryptography library's error for a cost that scrypt does not know.
    package func matches(_ passphrase: Passphrase) throws -> Bool {
        let digest = try Self.digest(passphrase, salt: self.salt, cost: self.cost)
        guard digest.count == self.digest.count else { return false }
        return zip(digest, self.digest).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func digest(_ passphrase: Passphrase, salt: [UInt8], cost: Cost) throws -> [UInt8] {
        // The library wants an address, which an empty array has none of. No passphrase that was set is empty.
        let bytes = passphrase.isEmpty ? [0] : passphrase.bytes
        let key = try KDF.Scrypt.deriveKey(
            from: bytes,
            salt: salt,
            outputByteCount: Self.digestLength,
            rounds: cost.rounds,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        return key.withUnsafeBytes { Array($0) }
    }

    private static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
