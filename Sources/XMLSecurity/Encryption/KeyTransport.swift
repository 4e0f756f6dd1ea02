import CXMLSec

/// RSA-OAEP with its two digests, the only way to encrypt a content's key that is accepted.
///
///     method                     mask generation        digest
///     xmlenc#rsa-oaep-mgf1p      SHA-1, by definition   SHA-1 (also when none is named) or SHA-256
///     xmlenc11#rsa-oaep          SHA-256, or SHA-1      SHA-1 (also when none is named) or SHA-256
///                                (also when none is
///                                named)
///
/// SHA-1 is what identity providers send. It weakens nothing here: OAEP does not need a digest without collisions.
/// PKCS #1 v1.5 is refused: its padding can be asked about (`saml-security` E04).
struct KeyTransport: Hashable, Sendable {
    /// OAEP's digest.
    let digest: DigestAlgorithm
    /// The digest of OAEP's mask generation.
    let maskDigest: DigestAlgorithm

    /// Looks up the algorithms that an encrypted key names.
    ///
    /// - Throws: `algorithmRefused` with the first that is not in the table.
    init(_ key: EncryptedKey) throws(DecryptionRejection) {
        switch (key.method, key.maskGenerationFunction) {
        case ("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", nil),
            ("http://www.w3.org/2009/xmlenc11#rsa-oaep", nil),
            ("http://www.w3.org/2009/xmlenc11#rsa-oaep", "http://www.w3.org/2009/xmlenc11#mgf1sha1"):
            self.maskDigest = .sha1
        case ("http://www.w3.org/2009/xmlenc11#rsa-oaep", "http://www.w3.org/2009/xmlenc11#mgf1sha256"):
            self.maskDigest = .sha256
        case ("http://www.w3.org/2009/xmlenc11#rsa-oaep", let function?): throw .algorithmRefused(function)
        case (let method, _): throw .algorithmRefused(method)
        }
        switch key.digest.map(DigestAlgorithm.init(rawValue:)) {
        case nil, .sha1: self.digest = .sha1
        case .sha256: self.digest = .sha256
        case .some: throw .algorithmRefused(key.digest ?? "")
        }
    }

    /// Decrypts a content's key.
    ///
    /// - Returns: The key, or nil for whatever goes wrong.
    func decrypt(_ ciphertext: [UInt8], with key: DecryptionKey) -> [UInt8]? {
        unsafe key.withPointer { pointer in
            guard let context = unsafe EVP_PKEY_CTX_new(pointer, nil) else { return nil }
            defer { unsafe EVP_PKEY_CTX_free(context) }
            var plaintext = [UInt8](repeating: 0, count: key.byteCount)
            defer { unsafe OPENSSL_cleanse(&plaintext, plaintext.count) }
            var count = plaintext.count
            guard
                unsafe EVP_PKEY_decrypt_init(context) == 1,
                unsafe EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1,
                unsafe EVP_PKEY_CTX_set_rsa_oaep_md(context, self.digest.messageDigest) == 1,
                unsafe EVP_PKEY_CTX_set_rsa_mgf1_md(context, self.maskDigest.messageDigest) == 1,
                unsafe EVP_PKEY_decrypt(context, &plaintext, &count, ciphertext, ciphertext.count) == 1
            else { return nil }
            return Array(plaintext.prefix(count))
        }
    }
}
