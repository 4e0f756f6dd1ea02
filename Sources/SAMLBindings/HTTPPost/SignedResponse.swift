import SAML
import XMLSecurity

/// What is left of a Response when everything that no signature covers is thrown away.
///
///     signed            read from
///     Response          its signed bytes; the assertion in them
///     Assertion         its signed bytes; the header stays a claim
///     both              the header from the Response's signed bytes, the assertion from its own
///
/// An encrypted assertion is decrypted on the way; see ``DecryptedAssertion``.
///
/// Every signature that is there must verify, whatever else does (saml-security A09), and a signature counts only as a
/// direct child of what it covers (A02, A05).
struct SignedResponse {
    /// The rules that are checked, in their order.
    static let rules: [ResponseCheck.Rule] = [.responseSignature, .decryption, .assertionSignature]

    /// The parts whose signatures were verified.
    let parts: SignedParts
    /// The signed bytes that hold the assertion.
    let assertionSource: VerifiedElement
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
            return (verified, Self.finding(verified))
        }
        if let end = checks.end {
            checks.skip([.decryption, .assertionSignature], because: end)
            return nil
        }
        let covered = verification.flatMap(\.self)
        let verifier = covered.map { verifier.trying(first: $0.certificate) } ?? verifier
        let covering: (source: VerifiedElement, parts: SignedParts)?
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
        (self.assertionSource, self.parts) = covering
        self.verifiedResponse = covered
    }

    /// The header from signed bytes, or nil when the Response is not signed.
    var header: ResponseHeader? {
        get throws(ResponseRejection) {
            guard let verifiedResponse else { return nil }
            try ResponseGrammar.check(verifiedResponse.element)
            return try ResponseReader.header(of: verifiedResponse.element)
        }
    }

    // MARK: - The assertion

    private typealias Covering = (source: VerifiedElement, parts: SignedParts)

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
            return ((covered, .response), Self.coveredByResponse)
        }
        let own = try verifier.verified(assertion)
        guard let covered else { return ((own, .assertion), Self.finding(own)) }
        guard let id = own.element.attribute("ID"),
            covered.element.firstChild(named: .assertion("Assertion"))?.attribute("ID") == id
        else {
            throw ResponseRejection(SignatureRejection.verifiedSomethingElse)
        }
        return ((own, .responseAndAssertion), Self.finding(own))
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
            let (source, parts) = try decrypted.covering(verifier)
            return ((source, parts), parts == .response ? Self.coveredByResponse : Self.finding(source))
        }
    }

    // MARK: - Findings

    private static let wanted = CheckedValue.text("a valid signature under a pinned certificate")
    private static let unsigned = Finding(wanted: "a valid signature, if there is one", got: "none")
    private static let coveredByResponse = Finding(wanted: Self.wanted, got: "the Response's, which covers it")

    private static func finding(_ verified: VerifiedElement) -> Finding {
        Finding(wanted: Self.wanted, got: .list([verified.signatureAlgorithm, verified.certificate.sha256Fingerprint]))
    }
}
