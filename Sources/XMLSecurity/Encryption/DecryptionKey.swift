import CXMLSec

/// A private key that reads what identity providers encrypted to the service provider.
///
/// RSA of 2048 to 3072 bits: anybody may post something to decrypt, and each key that is tried costs 0.7 ms of CPU with
/// 2048, about 2 ms with 3072 and twice as much again with 4096 (`openssl speed`). Like ``SigningKey`` it has no `description`: a secret does not print itself.
package struct DecryptionKey: Sendable {
    /// The lengths of moduli that are taken, in bits.
    package static let acceptedBits = 2048...3072

    private let key: SigningKey

    /// Takes a private key for decryption.
    ///
    /// - Throws: `keyTypeUnsupported` for a key that is not RSA, or not of ``acceptedBits``.
    package init(_ key: SigningKey) throws(SigningKeyFailure) {
        try self.init(key, bits: Self.acceptedBits)
    }

    /// Reads a private key in PEM (PKCS #8 or PKCS #1), without a passphrase.
    ///
    /// - Throws: `notAPrivateKey`, or `keyTypeUnsupported` for a key that is not RSA, or not of ``acceptedBits``.
    package init(pem: String) throws(SigningKeyFailure) {
        try self.init(try SigningKey(pem: pem))
    }

    /// Takes a key of other lengths, so that tests can read old messages.
    init(_ key: SigningKey, bits: ClosedRange<Int>) throws(SigningKeyFailure) {
        guard key.family == .rsa, unsafe bits.contains(Int(EVP_PKEY_get_bits(key.pointer))) else {
            throw .keyTypeUnsupported
        }
        self.key = key
    }

    /// The length of everything that is encrypted to this key, in bytes.
    var byteCount: Int { unsafe Int(EVP_PKEY_get_size(self.key.pointer)) }

    /// Lets OpenSSL work with the key.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        withExtendedLifetime(self.key) { unsafe body(self.key.pointer) }
    }
}
