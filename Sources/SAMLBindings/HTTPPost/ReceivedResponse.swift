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

    /// The element of the message, unverified.
    var root: XMLElement { self.document.root }

    /// Takes a document and the claims that were read from it by ``header(of:)``.
    init(header: ResponseHeader, document: XMLDocument) {
        self.header = header
        self.document = document
    }

    /// Checks the structure of a parsed document and reads its claims.
    static func header(of document: XMLDocument) throws(ResponseRejection) -> ResponseHeader {
        guard document.root.isNamed(.protocols("Response")) else {
            throw ResponseRejection(
                .xmlInvalid,
                rule: "ResponseGrammar",
                wanted: "a Response",
                got: document.root.name.localName
            )
        }
        try ResponseGrammar.check(document.root)
        return try ResponseReader.header(of: document.root)
    }

    /// Verifies the signatures, decrypts, and applies every rule of the Web Browser SSO profile.
    ///
    /// - Parameters:
    ///   - expectations: What the stored request and its workspace say.
    ///   - certificates: The workspace's certificates; none of another workspace's, and none of the message's, is tried.
    ///   - decryptionKeys: The service provider's keys for encrypted assertions, tried in order; at most
    ///     ``XMLSecurity/Decryptor/maximumKeys``.
    ///   - signaturePolicy: The signatures that the workspace asks for.
    ///   - encryptionPolicy: Whether the workspace asks for an encrypted assertion.
    ///   - checks: What was checked before; takes every check that follows, also when one fails.
    /// - Returns: The assertion, which is new only when the store has not seen it.
    /// - Throws: The rejection of the first check that fails, in the order of rulings 1.
    package func validate(
        _ expectations: Expectations,
        certificates: [SigningCertificate],
        decryptionKeys: [DecryptionKey],
        signaturePolicy: SignaturePolicy,
        encryptionPolicy: EncryptionPolicy,
        checks: inout ResponseCheckList
    ) throws(ResponseRejection) -> ValidatedAssertion {
        let validated = self.validated(
            WebBrowserSSOProfile(expectations, signaturePolicy: signaturePolicy),
            verifier: SignatureVerifier(certificates: certificates),
            decryptor: Decryptor(keys: decryptionKeys),
            encryptionPolicy: encryptionPolicy,
            checks: &checks
        )
        return try checks.conclude(validated)
    }

    /// The same for callers that want the verdict and keep no list.
    package func validate(
        _ expectations: Expectations,
        certificates: [SigningCertificate],
        decryptionKeys: [DecryptionKey] = [],
        signaturePolicy: SignaturePolicy
    ) throws(ResponseRejection) -> ValidatedAssertion {
        var checks = ResponseCheckList()
        return try self.validate(
            expectations,
            certificates: certificates,
            decryptionKeys: decryptionKeys,
            signaturePolicy: signaturePolicy,
            encryptionPolicy: .optional,
            checks: &checks
        )
    }

    /// The same with a verifier, which only tests can give another policy than the standard one.
    func validate(
        _ expectations: Expectations,
        verifier: SignatureVerifier,
        decryptor: Decryptor,
        signaturePolicy: SignaturePolicy
    ) throws(ResponseRejection) -> ValidatedAssertion {
        var checks = ResponseCheckList()
        let validated = self.validated(
            WebBrowserSSOProfile(expectations, signaturePolicy: signaturePolicy),
            verifier: verifier,
            decryptor: decryptor,
            encryptionPolicy: .optional,
            checks: &checks
        )
        return try checks.conclude(validated)
    }
}
