import SAML
import XMLSecurity

/// What is left of a Response when everything that no signature covers is thrown away.
///
///     signed            read from
///     Response          its signed bytes; the assertion in them
///     Assertion         its signed bytes; the header stays a claim
///     both              the Response's signed bytes; the assertion in them
///
/// Where both are signed, the assertion's own signature must verify too, and names the certificate that is kept with the
/// session; its bytes are not read once more, since the Response's say the same under a pinned key. An encrypted assertion is decrypted on the way; see ``DecryptedAssertion``.
///
/// Every signature that is there must verify, whatever else does (saml-security A09), and a signature counts only as a
/// direct child of what it covers (A02, A05).
struct SignedResponse {
    /// The rules that are checked, in their order.
    static let rules: [ResponseCheck.Rule] = [.responseSignature, .decryption, .assertionSignature]

    /// The parts whose signatures were verified.
    let parts: SignedParts
    /// The signature nearest to the assertion.
    let signature: VerifiedSignature
    /// The signed bytes that hold the assertion.
    private let assertionSource: VerifiedElement
    private let verifiedResponse: VerifiedElement?

    /// Verifies every signature of a Response, and decrypts its assertion if it is encrypted.
    ///
    /// It is nil when no signature covers an assertion that can be read.
    ///
    /// - Parameters:
    ///   - response: The Response, with an assertion or an encrypted one.
    ///   - verifier: Knows the workspace's certificates.
    ///   - decryptor: Knows our keys.
    ///   - checks: Takes `signatureInvalid` when there is no signature, or when one fails; what ``DecryptedAssertion``
    ///     throws.
    init?(
        _ response: XMLElement,
        verifier: SignatureVerifier,
        decryptor: Decryptor,
        checks: inout ResponseCheckList
    ) {
        let verification = checks.value(.responseSignature) { () throws(ResponseRejection) in
            guard SignatureVerifier.hasSignature(response) else { return (VerifiedElement?.none, Self.unsigned) }
            let verified = try verifier.verified(response)
            return (verified, Self.finding(verified.signature))
        }
        if let end = checks.end {
            checks.skip([.decryption, .assertionSignature], because: end)
            return nil
        }
        let covered = verification.flatMap(\.self)
        let verifier = covered.map { verifier.trying(first: $0.signature.certificate) } ?? verifier
        let covering: Covering?
        if let container = response.firstChild(named: .assertion("EncryptedAssertion")) {
            guard verification != nil else {
                // Nothing is decrypted of what somebody may have changed (saml-security E01).
                checks.skip([.decryption, .assertionSignature], because: .responseSignature)
                return nil
            }
            covering = Self.decrypted(container, in: covered, verifier, decryptor, checks: &checks)
        } else {
            checks.check(.decryption) { () throws(ResponseRejection) in
                Finding(wanted: "nothing", got: "an assertion that is not encrypted")
            }
            let assertion = response.firstChild(named: .assertion("Assertion"))
            guard verification != nil || assertion.map(SignatureVerifier.hasSignature) == true else {
                checks.skip([.assertionSignature], because: .responseSignature)
                return nil
            }
            covering = checks.value(.assertionSignature) { () throws(ResponseRejection) in
                try Self.plain(assertion, in: covered, verifier)
            }
        }
        guard let covering else { return nil }
        self.assertionSource = covering.source
        self.signature = covering.signature
        self.parts = covering.parts
        self.verifiedResponse = covered
    }

    /// Reads the assertion from signed bytes, and the header, which is nil when the Response is not signed.
    ///
    /// - Throws: `xmlInvalid` when the signed bytes are not of the grammar or hold no assertion.
    func content() throws(ResponseRejection) -> (assertion: Assertion, header: ResponseHeader?) {
        let assertion = try AssertionReader.read(self.assertionSource)
        guard let verifiedResponse else { return (assertion, nil) }
        // Every element in it has passed the grammar: the assertion was read from it, or decrypted from it.
        return (assertion, try ResponseReader.header(of: verifiedResponse.element))
    }

    // MARK: - The assertion

    /// The bytes that an assertion is read from, the signature nearest to it, and all signatures' parts.
    typealias Covering = (source: VerifiedElement, signature: VerifiedSignature, parts: SignedParts)

    /// Finds what covers an assertion that came as it is.
    private static func plain(
        _ assertion: XMLElement?,
        in covered: VerifiedElement?,
        _ verifier: SignatureVerifier
    ) throws(ResponseRejection) -> (Covering, Finding) {
        // The assertion's signature is checked where it came: a prefix list of its own may name a namespace that is
        // declared outside of the assertion and that the Response's canonical form leaves out.
        guard let assertion, SignatureVerifier.hasSignature(assertion) else {
            guard let covered else { throw ResponseRejection(SignatureRejection.unsigned) }
            return ((covered, covered.signature, .response), Self.coveredByResponse)
        }
        guard let covered else {
            let own = try verifier.verified(assertion)
            return ((own, own.signature, .assertion), Self.finding(own.signature))
        }
        let own = try verifier.verifiedSignature(of: assertion)
        guard
            covered.element.firstChild(named: .assertion("Assertion"))?.attribute("ID") == own.identifier
        else {
            throw ResponseRejection(SignatureRejection.verifiedSomethingElse)
        }
        return ((covered, own, .responseAndAssertion), Self.finding(own))
    }

    /// Decrypts an assertion, and finds what covers it.
    private static func decrypted(
        _ container: XMLElement,
        in covered: VerifiedElement?,
        _ verifier: SignatureVerifier,
        _ decryptor: Decryptor,
        checks: inout ResponseCheckList
    ) -> Covering? {
        let decrypted = checks.value(.decryption) { () throws(ResponseRejection) in
            let decrypted = try DecryptedAssertion(container, in: covered, verifier: verifier, decryptor: decryptor)
            return (decrypted, Finding(wanted: "an assertion that is encrypted to us", got: "an assertion"))
        }
        guard let decrypted else {
            checks.skip([.assertionSignature], because: .decryption)
            return nil
        }
        return checks.value(.assertionSignature) { () throws(ResponseRejection) in
            let covering = try decrypted.covering(verifier)
            let finding = covering.parts == .response ? Self.coveredByResponse : Self.finding(covering.signature)
            return (covering, finding)
        }
    }

    // MARK: - Findings

    private static let wanted = CheckedValue.text("a valid signature under a pinned certificate")
    private static let unsigned = Finding(wanted: "a valid signature, if there is one", got: "none")
    private static let coveredByResponse = Finding(wanted: Self.wanted, got: "the Response's, which covers it")

    private static func finding(_ signature: VerifiedSignature) -> Finding {
        Finding(wanted: Self.wanted, got: .list([signature.algorithm, signature.certificate.sha256Fingerprint]))
    }
}
