package import SAML
package import XMLSecurity

/// A Response that is well-formed and of the grammar, and that nobody has verified.
///
/// Its ``header`` selects the stored request, and with it the workspace, whose expectations and certificates then
/// decide. It holds a C tree, so it stays in the task that decoded it.
package struct ReceivedResponse {
    /// What the Response claims about itself.
    package let header: ResponseHeader

    private let document: XMLDocument

    /// Checks the structure of a parsed document and reads its claims.
    init(_ document: XMLDocument) throws(ResponseRejection) {
        guard document.root.isNamed(.protocols("Response")) else {
            throw ResponseRejection(
                .xmlInvalid,
                rule: "ResponseGrammar",
                wanted: "a Response",
                got: document.root.name.localName
            )
        }
        try ResponseGrammar.check(document.root)
        self.header = try ResponseReader.header(of: document.root)
        self.document = document
    }

    /// Refuses a Response whose assertion is not encrypted.
    ///
    /// The grammar lets exactly one assertion through, encrypted or not, so there is no other that could be read.
    ///
    /// - Throws: `decryptionFailed`.
    package func requireEncryptedAssertion() throws(ResponseRejection) {
        guard self.document.root.firstChild(named: .assertion("EncryptedAssertion")) != nil else {
            throw ResponseRejection(
                .decryptionFailed,
                rule: "RequireEncryption",
                wanted: "an assertion that is encrypted"
            )
        }
    }

    /// Verifies the signatures, decrypts, and applies every rule of the Web Browser SSO profile.
    ///
    /// - Parameters:
    ///   - expectations: What the stored request and its workspace say.
    ///   - certificates: The workspace's certificates; none of another workspace's, and none of the message's, is tried.
    ///   - decryptionKeys: The service provider's keys for encrypted assertions, tried in order; at most
    ///     ``XMLSecurity/Decryptor/maximumKeys``.
    ///   - signaturePolicy: The signatures that the workspace asks for.
    /// - Returns: The assertion, which is new only when the store has not seen it.
    /// - Throws: The rejection of the first check that fails, in the order of rulings 1.
    package func validate(
        _ expectations: Expectations,
        certificates: [SigningCertificate],
        decryptionKeys: [DecryptionKey] = [],
        signaturePolicy: SignaturePolicy
    ) throws(ResponseRejection) -> ValidatedAssertion {
        try self.validate(
            expectations,
            verifier: SignatureVerifier(certificates: certificates),
            decryptor: Decryptor(keys: decryptionKeys),
            signaturePolicy: signaturePolicy
        )
    }

    /// The same with a verifier, which only tests can give another policy than the standard one.
    func validate(
        _ expectations: Expectations,
        verifier: SignatureVerifier,
        decryptor: Decryptor,
        signaturePolicy: SignaturePolicy
    ) throws(ResponseRejection) -> ValidatedAssertion {
        let profile = WebBrowserSSOProfile(expectations, signaturePolicy: signaturePolicy)
        let response = self.document.root
        try profile.checkClaims(self.header)
        // What an encrypted assertion claims is seen once it is decrypted, after the Response's signature.
        if response.firstChild(named: .assertion("EncryptedAssertion")) == nil {
            let claimed = response.firstChild(named: .assertion("Assertion"))
            try profile.checkClaims(assertionIssuer: try claimed?.issuer())
        }

        let signed = try SignedResponse(response, verifier: verifier, decryptor: decryptor)
        return try profile.validate(
            try AssertionReader.read(signed.assertionSource),
            in: try signed.header ?? self.header,
            signedParts: signed.parts,
            certificateFingerprint: signed.assertionSource.certificate.sha256Fingerprint
        )
    }
}
