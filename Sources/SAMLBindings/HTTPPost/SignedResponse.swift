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
    /// The parts whose signatures were verified.
    let parts: SignedParts
    /// The signed bytes that hold the assertion.
    let assertionSource: VerifiedElement
    private let verifiedResponse: VerifiedElement?

    /// Verifies every signature of a Response, and decrypts its assertion if it is encrypted.
    ///
    /// - Throws: `signatureInvalid` when there is none, or when one fails; what ``DecryptedAssertion`` throws.
    init(
        _ response: XMLElement,
        verifier: SignatureVerifier,
        decryptor: Decryptor
    ) throws(ResponseRejection) {
        var verifiedResponse: VerifiedElement?
        if SignatureVerifier.hasSignature(response) {
            verifiedResponse = try verifier.verified(response)
        }
        if let container = response.firstChild(named: .assertion("EncryptedAssertion")) {
            let decrypted = try DecryptedAssertion(
                container,
                in: verifiedResponse,
                verifier: verifier,
                decryptor: decryptor
            )
            self.parts = decrypted.parts
            self.assertionSource = decrypted.source
            self.verifiedResponse = verifiedResponse
            return
        }
        // The assertion's signature is checked where it came: a prefix list of its own may name a namespace that is
        // declared outside of the assertion and that the Response's canonical form leaves out.
        var verifiedAssertion: VerifiedElement?
        if let assertion = response.firstChild(named: .assertion("Assertion")),
            SignatureVerifier.hasSignature(assertion)
        {
            verifiedAssertion = try verifier.verified(assertion)
        }
        switch (verifiedResponse, verifiedAssertion) {
        case (let response?, let assertion?):
            let covered = response.element.firstChild(named: .assertion("Assertion"))
            guard let id = assertion.element.attribute("ID"), covered?.attribute("ID") == id else {
                throw ResponseRejection(SignatureRejection.verifiedSomethingElse)
            }
            self.parts = .responseAndAssertion
            self.assertionSource = assertion
            self.verifiedResponse = response
        case (let response?, nil):
            self.parts = .response
            self.assertionSource = response
            self.verifiedResponse = response
        case (nil, let assertion?):
            self.parts = .assertion
            self.assertionSource = assertion
            self.verifiedResponse = nil
        case (nil, nil):
            throw ResponseRejection(SignatureRejection.unsigned)
        }
    }

    /// The header from signed bytes, or nil when the Response is not signed.
    var header: ResponseHeader? {
        get throws(ResponseRejection) {
            guard let verifiedResponse else { return nil }
            try ResponseGrammar.check(verifiedResponse.element)
            return try ResponseReader.header(of: verifiedResponse.element)
        }
    }
}
