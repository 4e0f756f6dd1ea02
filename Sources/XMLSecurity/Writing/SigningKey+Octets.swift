import CXMLSec

/// Signatures over bytes that are no XML, as the HTTP-Redirect binding has them (saml-bindings 3.4.4.1).
extension SigningKey {
    /// The signature method that this key makes with a digest; nil for a method that ``SignatureVerifier`` would refuse.
    package func signatureAlgorithm(digest: DigestAlgorithm) -> SignatureAlgorithm? {
        AlgorithmPolicy.standard.signatures.first { $0.family == self.family && $0.digest == digest }
    }

    /// Signs bytes.
    ///
    /// - Returns: The value as XML Signature writes it: for ECDSA r and s in equal length one after the other.
    /// - Throws: `libraryFailure`, also for a method that is not on the list.
    package func sign(_ octets: [UInt8], digest: DigestAlgorithm) throws(SigningFailure) -> [UInt8] {
        guard
            CryptographyLibraries.start(), let algorithm = self.signatureAlgorithm(digest: digest),
            let context = unsafe EVP_MD_CTX_new()
        else { throw .libraryFailure }
        defer {
            unsafe EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        var value = [UInt8](repeating: 0, count: unsafe Int(EVP_PKEY_get_size(self.pointer)))
        var count = value.count
        guard
            unsafe EVP_DigestSignInit(context, nil, algorithm.digest.messageDigest, nil, self.pointer) == 1,
            unsafe EVP_DigestSign(context, &value, &count, octets, octets.count) == 1
        else { throw .libraryFailure }
        value.removeLast(value.count - count)
        guard self.family == .ecdsa else { return value }
        let half = unsafe (Int(EVP_PKEY_get_bits(self.pointer)) + 7) / 8
        guard let concatenation = ECDSASignatureValue.concatenation(fromDER: value, half: half) else {
            throw .libraryFailure
        }
        return concatenation
    }
}
