/// Why a document could not be signed.
package enum SigningFailure: Error, Hashable, Sendable {
    /// The document was refused as XML.
    case document(XMLRejection)
    /// No element has the identifier, in an attribute `ID`.
    case elementMissing
    /// The identifier is not one that a reference may name.
    case identifierRefused
    /// The key cannot make this signature.
    case libraryFailure
}

extension SigningFailure: CustomStringConvertible {
    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .document(let rejection): "The document to sign was refused: \(rejection)"
        case .elementMissing: "The document has no element with this ID."
        case .identifierRefused: "The ID cannot be referred to."
        case .libraryFailure: "The signature library failed."
        }
    }
}
