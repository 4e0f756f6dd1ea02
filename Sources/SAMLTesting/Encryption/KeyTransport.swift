import CXMLSec
package import XMLSecurity

/// How a content's key is encrypted.
package enum KeyTransport: Hashable, Sendable {
    /// RSA-OAEP of XML Encryption 1.0, whose mask generation has SHA-1; nil names no digest, which means SHA-1.
    case oaepMGF1P(digest: DigestAlgorithm?)
    /// RSA-OAEP of XML Encryption 1.1; nil names none, which means SHA-1.
    case oaep(digest: DigestAlgorithm?, mask: DigestAlgorithm?)
    /// RSA PKCS #1 v1.5, which nobody should accept.
    case pkcs1

    /// The identifier of the method.
    var method: String {
        switch self {
        case .oaepMGF1P: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
        case .oaep: "http://www.w3.org/2009/xmlenc11#rsa-oaep"
        case .pkcs1: "http://www.w3.org/2001/04/xmlenc#rsa-1_5"
        }
    }

    /// The digest that is named.
    var digest: DigestAlgorithm? {
        switch self {
        case .oaepMGF1P(let digest), .oaep(let digest, _): digest
        case .pkcs1: nil
        }
    }

    /// The digest of the mask generation that is named.
    var mask: DigestAlgorithm? {
        switch self {
        case .oaep(_, let mask): mask
        case .oaepMGF1P, .pkcs1: nil
        }
    }

    /// Encrypts a key to whoever has the certificate's.
    func encrypt(_ key: [UInt8], to recipient: SigningCertificate) throws(SAMLTestingFailure) -> [UInt8] {
        // What OpenSSL reads from must live until it has read.
        let parsed = recipient.der.withUnsafeBufferPointer { der in
            var next = der.baseAddress
            return d2i_X509(nil, &next, der.count)
        }
        guard let certificate = parsed else { throw .cannotEncrypt(self.method) }
        defer { X509_free(certificate) }
        guard let context = EVP_PKEY_CTX_new(X509_get0_pubkey(certificate), nil) else {
            throw .cannotEncrypt(self.method)
        }
        defer { EVP_PKEY_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: 1024)
        var count = output.count
        guard
            EVP_PKEY_encrypt_init(context) == 1, self.setPadding(of: context),
            EVP_PKEY_encrypt(context, &output, &count, key, key.count) == 1
        else { throw .cannotEncrypt(self.method) }
        return Array(output.prefix(count))
    }

    private func setPadding(of context: OpaquePointer) -> Bool {
        switch self {
        case .pkcs1:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .oaepMGF1P, .oaep:
            return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_oaep_md(context, Self.messageDigest(self.digest)) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, Self.messageDigest(self.mask)) == 1
        }
    }

    private static func messageDigest(_ digest: DigestAlgorithm?) -> OpaquePointer? {
        switch digest {
        case nil, .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
