/// Signatures over bytes that are no XML, as the HTTP-Redirect binding has them (saml-bindings 3.4.4.1).
extension SignatureVerifier {
    /// Verifies a signature value over bytes.
    ///
    /// - Parameters:
    ///   - octets: Exactly what was signed, as it was received.
    ///   - value: The signature's value, as XML Signature writes it.
    ///   - algorithm: The identifier of the signature method, which must be on the list.
    /// - Returns: The certificate whose key made the signature.
    /// - Throws: `signatureAlgorithmRefused` or `noKeyMatches`, and what every verification may.
    package func verify(
        _ octets: [UInt8],
        value: [UInt8],
        algorithm: String
    ) throws(SignatureRejection) -> SigningCertificate {
        guard !self.certificates.isEmpty else { throw .noCertificate }
        guard self.certificates.count <= Self.maximumCertificates else { throw .tooManyCertificates }
        guard let method = SignatureAlgorithm(rawValue: algorithm), self.policy.signatures.contains(method) else {
            throw .signatureAlgorithmRefused(String(algorithm.prefix(256)))
        }
        guard !value.isEmpty, value.count <= 1024 else { throw .valueMalformed(.signatureValue) }
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        let certificate = try self.signer(of: octets, value: value, algorithm: method)
        guard let certificate else { throw .noKeyMatches }
        return certificate
    }
}
