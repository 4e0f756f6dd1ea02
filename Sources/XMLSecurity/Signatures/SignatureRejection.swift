/// Why a signature was refused.
///
/// The text of an algorithm's identifier is the sender's: it is there for the record of the attempt, bounded, and whoever
/// shows it escapes it.
package enum SignatureRejection: Error, Hashable, Sendable {
    /// The element has no signature as a direct child.
    case unsigned
    /// The element has several signatures.
    case severalSignatures
    /// The element has no identifier that a signature could name, or not an NCName of at most 128 characters.
    case identifierMissing
    /// The signature has children, attributes or text that no enveloped signature of SAML has, at this element of it.
    case malformed(SignaturePart)
    /// The reference does not name the element that the signature stands in.
    case referenceElsewhere
    /// The transforms are not exactly the enveloped signature and exclusive canonicalization.
    case transformsRefused
    /// The list of inclusive namespace prefixes is too long, also for what is signed, or has something else than prefixes.
    case prefixListRefused
    /// The canonicalization of SignedInfo is not exclusive canonicalization without comments.
    case canonicalizationRefused
    /// The signature method is not on the list.
    case signatureAlgorithmRefused(String)
    /// The digest method is not on the list.
    case digestAlgorithmRefused(String)
    /// A digest or signature is not strict base64 of the right length, or is the digest of nothing.
    case valueMalformed(SignaturePart)
    /// There is no certificate to verify with.
    case noCertificate
    /// There are more certificates than eight.
    case tooManyCertificates
    /// The element was changed after it was signed.
    case digestMismatch
    /// No certificate's key made the signature.
    case noKeyMatches
    /// What the library verified is not what was asked for.
    case verifiedSomethingElse
    /// The signed bytes, parsed anew, were refused.
    case signedBytesRefused(XMLRejection)
    /// The library failed.
    case libraryFailure
}

extension SignatureRejection: CustomStringConvertible {
    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .unsigned: "There is no signature where one is required."
        case .severalSignatures: "The element has more than one signature."
        case .identifierMissing: "The signed element has no usable ID."
        case .malformed(let part): "The signature is malformed at \(part.rawValue)."
        case .referenceElsewhere: "The signature does not refer to the element it stands in."
        case .transformsRefused: "The transforms are not enveloped-signature and exclusive canonicalization."
        case .prefixListRefused: "The list of inclusive namespace prefixes is refused."
        case .canonicalizationRefused: "The canonicalization method is not exclusive canonicalization."
        case .signatureAlgorithmRefused: "The signature algorithm is not allowed."
        case .digestAlgorithmRefused: "The digest algorithm is not allowed."
        case .valueMalformed(let part): "The value of \(part.rawValue) is malformed."
        case .noCertificate: "There is no certificate to verify the signature with."
        case .tooManyCertificates: "There are too many certificates to verify the signature with."
        case .digestMismatch: "The content was changed after it was signed."
        case .noKeyMatches: "The signature was not made with the key of any configured certificate."
        case .verifiedSomethingElse: "The signature covers something else than the element."
        case .signedBytesRefused(let rejection): "The signed content was refused: \(rejection)"
        case .libraryFailure: "The signature library failed."
        }
    }
}
