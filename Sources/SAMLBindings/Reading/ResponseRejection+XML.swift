import SAML
import XMLSecurity

extension ResponseRejection {
    /// The rejection of bytes that the parser refused.
    init(_ rejection: XMLRejection) {
        switch rejection {
        case .tooLarge:
            self.init(.tooLarge, rule: "XMLDocument", got: rejection.description)
        case .empty, .notUTF8, .containsNUL, .forbiddenMarkup, .processingInstruction, .tooManyAttributes,
            .tooManyNamespaces, .tooManyElements, .tooDeep, .tooMuchExpansion, .malformed, .namespaceMalformed,
            .tooManyMarks, .unexpectedNode, .duplicateID, .notTextOnly, .libraryFailure:
            self.init(.xmlInvalid, rule: "XMLDocument", got: rejection.description)
        }
    }

    /// The rejection of a signature.
    init(_ rejection: SignatureRejection) {
        self.init(.signatureInvalid, rule: "SignatureVerifier", got: rejection.description)
    }

    /// The rejection of an encrypted element: the form and the plaintext as those of any message, the rest as one.
    init(_ rejection: DecryptionRejection) {
        switch rejection {
        case .malformed:
            self.init(.xmlInvalid, rule: "EncryptedElement", got: rejection.description)
        case .plaintextRefused(let plaintext):
            self.init(plaintext)
        case .algorithmRefused(let algorithm), .contentUnprotected(let algorithm):
            self.init(.decryptionFailed, rule: "Decryptor", wanted: rejection.description, got: algorithm)
        case .noKey, .tooManyKeys, .failed:
            self.init(.decryptionFailed, rule: "Decryptor", got: rejection.description)
        }
    }
}
