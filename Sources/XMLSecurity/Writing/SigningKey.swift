import CXMLSec
package import FoundationEssentials

/// A private key that signs XML; frees it.
///
/// `@unchecked Sendable`: the key is never changed after it was made, its reference count is atomic, and OpenSSL guards
/// the key's own caches with locks. It has no `description`: a secret does not print itself.
@safe
package final class SigningKey: @unchecked Sendable {
    /// The kind of a key to generate.
    package enum Kind: Hashable, Sendable {
        /// RSA with a modulus of this length.
        case rsa(bits: Int)
        /// The curve P-256.
        case p256
        /// The curve P-384.
        case p384
        /// The curve P-521.
        case p521
    }

    /// The kind of the key, which decides the signature methods that it can make.
    let family: PublicKey.Family

    /// The key of OpenSSL; valid as long as this object is.
    let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer, family: PublicKey.Family) {
        unsafe self.pointer = unsafe pointer
        self.family = family
    }

    deinit {
        unsafe EVP_PKEY_free(self.pointer)
    }

    /// Makes a new key.
    package static func generate(_ kind: Kind) throws(SigningKeyFailure) -> SigningKey {
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        let pointer =
            switch kind {
            case .rsa(let bits): unsafe UInt32(exactly: bits).flatMap { unsafe portico_generate_rsa($0) }
            case .p256: unsafe portico_generate_ec("P-256")
            case .p384: unsafe portico_generate_ec("P-384")
            case .p521: unsafe portico_generate_ec("P-521")
            }
        guard let pointer = unsafe pointer else { throw .libraryFailure }
        return unsafe SigningKey(owning: pointer, family: try self.family(of: pointer))
    }

    /// Reads a private key in PEM (PKCS #8, PKCS #1 or SEC 1), without a passphrase.
    package convenience init(pem: String) throws(SigningKeyFailure) {
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        guard let pointer = unsafe Self.read(Array(pem.utf8)) else { throw .notAPrivateKey }
        unsafe self.init(owning: pointer, family: try Self.family(of: pointer))
    }

    /// The key in a text, which whoever gets it must free.
    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        defer { ERR_clear_error() }
        // OpenSSL reads from the bytes as long as its BIO lives: they must not go before it.
        return unsafe pem.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let count = Int32(exactly: bytes.count), let bio = unsafe BIO_new_mem_buf(bytes.baseAddress, count)
            else { return nil }
            defer { unsafe BIO_free(bio) }
            // Without this callback OpenSSL would ask for a passphrase on the terminal.
            return unsafe PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
    }

    /// The key in PEM (PKCS #8), not encrypted.
    package func pem() throws(SigningKeyFailure) -> String {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw .libraryFailure }
        defer { unsafe BIO_free(bio) }
        guard unsafe PEM_write_bio_PKCS8PrivateKey(bio, self.pointer, nil, nil, 0, nil, nil) == 1 else {
            throw .libraryFailure
        }
        return unsafe String(decoding: MemoryBIO.bytes(of: bio), as: UTF8.self)
    }

    /// A certificate that this key issues to itself, with a random serial number.
    package func selfSignedCertificate(
        commonName: String,
        notBefore: Date,
        notAfter: Date
    ) throws(SigningKeyFailure) -> SigningCertificate {
        let der = try self.selfSignedDER(commonName: commonName, notBefore: notBefore, notAfter: notAfter)
        do {
            return try SigningCertificate(der: der)
        } catch {
            throw .keyTypeUnsupported
        }
    }

    /// The same in DER, also for keys that are refused afterwards.
    func selfSignedDER(
        commonName: String,
        notBefore: Date,
        notAfter: Date
    ) throws(SigningKeyFailure) -> [UInt8] {
        let certificate = try SelfSignedCertificate.make(
            commonName: commonName,
            notBefore: notBefore,
            notAfter: notAfter
        )
        return unsafe try certificate.signed(by: self.pointer)
    }

    /// Makes a key of xmlsec1's, which whoever gets it must free; it shares this key.
    func makeLibraryKey() -> xmlSecKeyPtr? {
        unsafe LibraryKey.make(sharing: self.pointer)
    }

    /// The kind of a key, which is freed when it is of another kind.
    private static func family(of pointer: OpaquePointer) throws(SigningKeyFailure) -> PublicKey.Family {
        switch unsafe EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_RSA: return .rsa
        case EVP_PKEY_EC: return .ecdsa
        default:
            unsafe EVP_PKEY_free(pointer)
            throw .keyTypeUnsupported
        }
    }
}
