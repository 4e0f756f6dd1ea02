import SAML
import XMLSecurity

/// The checks of a Response that was decoded, in the order of rulings 1.
extension ReceivedResponse {
    /// The rules that follow the structure.
    static let rules: [ResponseCheck.Rule] =
        [.encryptionPolicy, .claimedStatus, .claimedResponseIssuer, .claimedAssertionIssuer] + Self.signedRules

    /// The rules that follow the claims.
    private static let signedRules = SignedResponse.rules + Self.contentRules

    /// The rules that follow the signatures.
    private static let contentRules = [.signedContent] + WebBrowserSSOProfile.rules

    /// Makes every check; nil when one failed, now or before.
    func validated(
        _ profile: WebBrowserSSOProfile,
        verifier: SignatureVerifier,
        decryptor: Decryptor,
        encryptionPolicy: EncryptionPolicy,
        checks: inout ResponseCheckList
    ) -> ValidatedAssertion? {
        guard self.checkClaims(profile, encryptionPolicy: encryptionPolicy, checks: &checks) == .worthVerifying else {
            return nil
        }
        let made = SignedResponse(self.root, verifier: verifier, decryptor: decryptor, checks: &checks)
        guard let signed = made else {
            if let failure = checks.failure(among: SignedResponse.rules) {
                checks.skip(Self.contentRules, because: failure)
            }
            return nil
        }
        let content = checks.value(.signedContent) { () throws(ResponseRejection) in
            let (assertion, header) = try signed.content()
            return (
                (assertion, header ?? self.header),
                Finding(wanted: "one Assertion in what is signed", got: "one Assertion")
            )
        }
        guard let (assertion, header) = content else {
            checks.skip(WebBrowserSSOProfile.rules, because: .signedContent)
            return nil
        }
        return profile.validate(
            assertion,
            in: header,
            signedParts: signed.parts,
            certificateFingerprint: signed.signature.certificate.sha256Fingerprint,
            checks: &checks
        )
    }

    /// What the claims of a message leave to do.
    private enum ClaimsOutcome {
        /// There is an assertion, and its signatures are looked at.
        case worthVerifying
        /// The rest is not checked.
        case over
    }

    /// Checks what anybody could have written: it can only refuse.
    private func checkClaims(
        _ profile: WebBrowserSSOProfile,
        encryptionPolicy: EncryptionPolicy,
        checks: inout ResponseCheckList
    ) -> ClaimsOutcome {
        let encrypted = self.root.firstChild(named: .assertion("EncryptedAssertion"))
        let assertion = self.root.firstChild(named: .assertion("Assertion"))
        checks.check(.encryptionPolicy) { () throws(ResponseRejection) in
            try Self.check(encryptionPolicy, encrypted: encrypted)
        }
        profile.checkClaims(self.header, assertionIsEncrypted: encrypted != nil, checks: &checks)
        if assertion == nil, encrypted == nil, checks.failure(among: [.claimedStatus]) != nil {
            // Whoever reports a failure sends no assertion.
            checks.skip([.claimedAssertionIssuer] + Self.signedRules, because: .claimedStatus)
            return .over
        }
        if encrypted == nil {
            profile.checkClaims(checks: &checks) { () throws(ResponseRejection) in try assertion?.issuer() }
        } else {
            // What an encrypted assertion claims is seen once it is decrypted, after the Response's signature.
            checks.check(.claimedAssertionIssuer) { () throws(ResponseRejection) in
                Finding(wanted: "looked at once it is decrypted", got: "an EncryptedAssertion")
            }
        }
        if assertion == nil, encrypted == nil {
            checks.skip(Self.signedRules, because: .claimedAssertionIssuer)
            return .over
        }
        if let end = checks.end {
            checks.skip(Self.signedRules, because: end)
            return .over
        }
        return .worthVerifying
    }

    /// Refuses an assertion that is not encrypted where the workspace wants it to be.
    ///
    /// The grammar lets exactly one assertion through, encrypted or not, so there is no other that could be read.
    private static func check(
        _ policy: EncryptionPolicy,
        encrypted: XMLElement?
    ) throws(ResponseRejection) -> Finding {
        let got = encrypted == nil ? "one that is not" : "one that is"
        switch policy {
        case .optional:
            return Finding(wanted: "an assertion, encrypted or not", got: .text(got))
        case .required:
            guard encrypted != nil else {
                throw ResponseRejection(
                    .decryptionFailed,
                    rule: "RequireEncryption",
                    wanted: "an assertion that is encrypted",
                    got: got
                )
            }
            return Finding(wanted: "an assertion that is encrypted", got: .text(got))
        }
    }
}
