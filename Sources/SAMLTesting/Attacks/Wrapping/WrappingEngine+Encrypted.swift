package import XMLSecurity

extension WrappingEngine {
    /// Takes a message whose assertion is encrypted, and puts the ciphertext of a forged assertion and its key where the
    /// attacker's person is named: anybody can encrypt to a public certificate.
    ///
    /// - Parameters:
    ///   - draft: The message before it is signed and encrypted.
    ///   - identityProvider: Who signs.
    ///   - recipient: Who can decrypt.
    ///   - identity: The text in the assertion that names the person.
    ///   - forged: What the attacker wants to be read instead.
    /// - Throws: What signing or encrypting throws; `SAMLTestingFailure` for a message without two ciphertexts.
    package init(
        encrypting draft: ResponseDraft,
        by identityProvider: TestIdentityProvider,
        for recipient: SigningCertificate,
        identity: String,
        forged: String
    ) throws {
        var draft = draft
        var encryption = AssertionEncryption(for: recipient, placement: .retrievalMethod)
        draft.encryption = encryption
        let message = try identityProvider.sign(draft)
        encryption.replaceInPlaintext(identity, with: forged)
        draft.encryption = encryption
        let originals = Self.ciphertexts(of: message)
        let forgeries = Self.ciphertexts(of: try identityProvider.sign(draft))
        guard originals.count == 2, forgeries.count == 2 else {
            throw SAMLTestingFailure.noCiphertext
        }
        self.init(message: message, replacing: Array(zip(originals, forgeries)))
    }

    /// The texts of the CipherValue elements: the content's key and the content.
    private static func ciphertexts(of message: String) -> [String] {
        message.matches(of: /<xenc:CipherValue>([^<]+)</).map { String($0.output.1) }
    }
}
