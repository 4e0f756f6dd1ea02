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
}
