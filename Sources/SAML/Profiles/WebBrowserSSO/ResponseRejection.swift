/// Why a Response was refused: a code for people and scripts, and the rule with what it compared for the record.
package struct ResponseRejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of refusal, as section 4 of the behavior names it.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The message is not base64, not XML, or not of the form that Portico accepts.
        case xmlInvalid = "xml_invalid"
        /// The message is larger than the limit.
        case tooLarge = "too_large"
        /// The Response answers no request that we sent from this browser, or one that was answered before.
        case requestUnknownOrUsed = "request_unknown_or_used"
        /// The Response answers no request at all.
        case unsolicitedRefused = "unsolicited_refused"
        /// The identity provider reports a failure.
        case statusNotSuccess = "status_not_success"
        /// The Response or the assertion comes from another identity provider.
        case issuerMismatch = "issuer_mismatch"
        /// A signature that is wanted is missing, or one that is there is not valid under the pinned certificates.
        case signatureInvalid = "signature_invalid"
        /// The assertion is encrypted and cannot be read.
        case decryptionFailed = "decryption_failed"
        /// The message is meant for another assertion consumer service, or for no bearer.
        case recipientMismatch = "recipient_mismatch"
        /// The assertion is not meant for this service provider.
        case audienceMismatch = "audience_mismatch"
        /// The message is too old, expired, or from the future.
        case expiredOrNotYetValid = "expired_or_not_yet_valid"
        /// The assertion says nothing about how the person authenticated, or not what is wanted.
        case authnContextRefused = "authn_context_refused"
    }

    /// The kind of refusal.
    package let code: Code
    /// The rule that refused, by the name of its type, or the position in the message.
    package let rule: String
    /// What the rule wanted.
    package let wanted: String?
    /// What the message had: text by anybody, cut to 256 characters; whoever shows it escapes it.
    package let got: String?

    /// Who has to change something; the identity provider's side, unless a rule knows better.
    package let responsible: ResponsibleParty

    /// Makes a rejection.
    package init(
        _ code: Code,
        rule: String,
        wanted: String? = nil,
        got: String? = nil,
        responsible: ResponsibleParty = .identityProviderAdministrator
    ) {
        self.code = code
        self.rule = rule
        self.wanted = wanted
        self.got = got.map { String($0.unicodeScalars.prefix(256)) }
        self.responsible = responsible
    }

    /// The code and the rule: safe for anyone, without a word of the message.
    package var description: String { "\(self.code.rawValue) (\(self.rule))" }
}
