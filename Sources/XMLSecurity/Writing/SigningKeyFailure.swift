/// Why a signing key could not be read, made or used.
package enum SigningKeyFailure: Error, Hashable, Sendable {
    /// The text is no private key in PEM without a passphrase.
    case notAPrivateKey
    /// The key is neither RSA nor on P-256, P-384 or P-521.
    case keyTypeUnsupported
    /// The library failed.
    case libraryFailure
}

extension SigningKeyFailure: CustomStringConvertible {
    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .notAPrivateKey: "This is not a private key in PEM without a passphrase."
        case .keyTypeUnsupported: "The key is neither RSA nor on one of the curves P-256, P-384, P-521."
        case .libraryFailure: "The cryptography library failed."
        }
    }
}
