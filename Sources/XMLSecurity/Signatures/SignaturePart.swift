/// An element of a signature, by its name in XML Signature.
package enum SignaturePart: String, Hashable, Sendable {
    /// The signature itself.
    case signature = "Signature"
    /// What is signed.
    case signedInfo = "SignedInfo"
    /// How SignedInfo is made bytes.
    case canonicalizationMethod = "CanonicalizationMethod"
    /// How SignedInfo is signed.
    case signatureMethod = "SignatureMethod"
    /// The one thing that is referred to.
    case reference = "Reference"
    /// The list of transforms.
    case transforms = "Transforms"
    /// One transform.
    case transform = "Transform"
    /// The prefixes of exclusive canonicalization.
    case inclusiveNamespaces = "InclusiveNamespaces"
    /// How the digest is made.
    case digestMethod = "DigestMethod"
    /// The digest.
    case digestValue = "DigestValue"
    /// The signature's value.
    case signatureValue = "SignatureValue"
    /// What the sender says of its key; never read.
    case keyInfo = "KeyInfo"

    /// The expanded name.
    var name: XMLName {
        switch self {
        case .inclusiveNamespaces: XMLName(XMLNamespace.exclusiveCanonicalization, self.rawValue)
        case .signature, .signedInfo, .canonicalizationMethod, .signatureMethod, .reference, .transforms, .transform,
            .digestMethod, .digestValue, .signatureValue, .keyInfo:
            XMLName(XMLNamespace.signature, self.rawValue)
        }
    }
}
