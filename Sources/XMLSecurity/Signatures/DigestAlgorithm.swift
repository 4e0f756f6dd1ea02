import CXMLSec

/// A digest method of XML Signature that can be asked for; `AlgorithmPolicy` says which ones are allowed.
package enum DigestAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// SHA-1, for old messages in tests alone.
    case sha1 = "http://www.w3.org/2000/09/xmldsig#sha1"
    /// SHA-256.
    case sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
    /// SHA-384, whose identifier comes from RFC 4051.
    case sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384"
    /// SHA-512.
    case sha512 = "http://www.w3.org/2001/04/xmlenc#sha512"

    /// The length of a digest in bytes.
    var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// xmlsec1's implementation.
    var transform: xmlSecTransformId? {
        switch self {
        case .sha1: unsafe xmlSecOpenSSLTransformSha1GetKlass()
        case .sha256: unsafe xmlSecOpenSSLTransformSha256GetKlass()
        case .sha384: unsafe xmlSecOpenSSLTransformSha384GetKlass()
        case .sha512: unsafe xmlSecOpenSSLTransformSha512GetKlass()
        }
    }

    /// OpenSSL's implementation.
    var messageDigest: OpaquePointer? {
        switch self {
        case .sha1: unsafe Self.fetchedSHA1
        case .sha256: unsafe Self.fetchedSHA256
        case .sha384: unsafe Self.fetchedSHA384
        case .sha512: unsafe Self.fetchedSHA512
        }
    }

    // Fetched once and kept, as `crypto(7)` advises: `EVP_sha256()` and its like are looked up at each use, under locks that
    // all threads share. What was fetched is never changed or freed, so that all threads may use it.
    private nonisolated(unsafe) static let fetchedSHA1 = unsafe EVP_MD_fetch(nil, "SHA1", nil)
    private nonisolated(unsafe) static let fetchedSHA256 = unsafe EVP_MD_fetch(nil, "SHA256", nil)
    private nonisolated(unsafe) static let fetchedSHA384 = unsafe EVP_MD_fetch(nil, "SHA384", nil)
    private nonisolated(unsafe) static let fetchedSHA512 = unsafe EVP_MD_fetch(nil, "SHA512", nil)

    /// The digest of nothing, nil when the library fails.
    var digestOfNothing: [UInt8]? { Self.digestsOfNothing[self] }

    private static let digestsOfNothing = Dictionary(
        uniqueKeysWithValues: Self.allCases.compactMap { algorithm in algorithm.digest([]).map { (algorithm, $0) } }
    )

    /// The digest of bytes, nil when the library fails.
    func digest(_ bytes: [UInt8]) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: self.byteCount)
        var written: UInt32 = 0
        let result = unsafe bytes.withUnsafeBytes { input in
            unsafe digest.withUnsafeMutableBufferPointer { output in
                unsafe EVP_Digest(
                    input.baseAddress,
                    input.count,
                    output.baseAddress,
                    &written,
                    self.messageDigest,
                    nil
                )
            }
        }
        return result == 1 && Int(written) == self.byteCount ? digest : nil
    }
}
