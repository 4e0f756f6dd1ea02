import SAML
import XMLSecurity

extension ResponseRejection {
    /// The rejection of bytes that the parser refused.
    init(_ rejection: XMLRejection) {
        switch rejection {
        case .tooLarge:
            self.init(
                .tooLarge,
                rule: "XMLDocument",
                wanted: "at most \(XMLLimits.samlMessage.byteCount) bytes",
                got: rejection.description
            )
        case .empty, .notUTF8, .containsNUL, .forbiddenMarkup, .processingInstruction, .tooManyAttributes,
            .tooManyNamespaces, .tooManyElements, .tooManyIdentifiers, .tooDeep, .tooMuchExpansion, .malformed,
            .namespaceMalformed,
            .tooManyMarks, .unexpectedNode, .duplicateID, .notTextOnly, .libraryFailure:
            self.init(.xmlInvalid, rule: "XMLDocument", wanted: "strict XML", got: rejection.description)
        }
    }

    /// The rejection of a signature.
    init(_ rejection: SignatureRejection) {
        let responsible: ResponsibleParty =
            switch rejection {
            case .noCertificate, .tooManyCertificates, .noKeyMatches: .workspaceAdministrator
            case .libraryFailure: .operator
            case .unsigned, .severalSignatures, .identifierMissing, .malformed, .referenceElsewhere, .transformsRefused,
                .prefixListRefused, .canonicalizationRefused, .signatureAlgorithmRefused, .digestAlgorithmRefused,
                .valueMalformed, .digestMismatch, .verifiedSomethingElse, .signedBytesRefused:
                .identityProviderAdministrator
            }
        self.init(
            .signatureInvalid,
            rule: "SignatureVerifier",
            wanted: "a valid signature under a pinned certificate",
            got: rejection.description,
            responsible: responsible
        )
    }

    /// The rejection of an encrypted element: the form and the plaintext as those of any message, the rest as one.
    ///
    /// What `failed` wanted is one text: it must not tell which step of the decryption refused (saml-security E01).
    init(_ rejection: DecryptionRejection) {
        switch rejection {
        case .malformed:
            self.init(
                .xmlInvalid,
                rule: "EncryptedElement",
                wanted: "EncryptedData with one EncryptedKey",
                got: rejection.description
            )
        case .plaintextRefused(let plaintext):
            self.init(plaintext)
        case .algorithmRefused(let algorithm), .contentUnprotected(let algorithm):
            self.init(.decryptionFailed, rule: "Decryptor", wanted: rejection.description, got: algorithm)
        case .noKey, .tooManyKeys:
            self.init(
                .decryptionFailed,
                rule: "Decryptor",
                wanted: "from one to \(Decryptor.maximumKeys) decryption keys",
                got: rejection.description,
                responsible: .operator
            )
        case .failed:
            self.init(
                .decryptionFailed,
                rule: "Decryptor",
                wanted: "an assertion encrypted to a certificate of the service provider",
                got: rejection.description
            )
        }
    }
}
