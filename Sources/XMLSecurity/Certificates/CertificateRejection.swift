/// Why a text or bytes are not a certificate to verify signatures with.
package enum CertificateRejection: Error, Hashable, Sendable {
    /// Nothing was given.
    case empty
    /// More text than eight certificates can have.
    case tooLong
    /// A private key: it should not have been given to anybody.
    case privateKey
    /// A public key alone.
    case publicKeyOnly
    /// A request for a certificate.
    case certificateRequest
    /// SAML metadata or other XML.
    case xml
    /// Another PEM block, or text that is neither PEM nor base64 of a certificate.
    case notACertificate
    /// A PEM block without its end, or with content that is not base64.
    case damaged
    /// A certificate with its issuers: only the signing certificate is wanted.
    case chain
    /// More certificates than eight.
    case tooMany
    /// A key that is neither RSA nor on P-256, P-384 or P-521.
    case keyTypeUnsupported
    /// An RSA key shorter than 2048 bits; its length in bits.
    case keyTooShort(Int)
    /// An RSA key longer than 8192 bits; its length in bits.
    case keyTooLong(Int)
    /// An RSA exponent that is even, one, or longer than 32 bits.
    case keyExponentRefused
    /// The library failed.
    case libraryFailure
}

extension CertificateRejection: CustomStringConvertible {
    /// A sentence for the person who pasted it.
    package var description: String {
        switch self {
        case .empty: "No certificate was given."
        case .tooLong: "This is too long for a certificate. Paste only the identity provider's signing certificate."
        case .privateKey:
            "This is a private key. Paste the certificate instead, and replace the key: it has been disclosed."
        case .publicKeyOnly: "This is a bare public key. Paste the certificate that contains it."
        case .certificateRequest: "This is a certificate request. Paste the certificate itself."
        case .xml: "This is XML, perhaps SAML metadata. Paste only the content of its X509Certificate element."
        case .notACertificate: "This is not an X.509 certificate in PEM or base64."
        case .damaged: "The certificate is damaged or incomplete. Copy it again with its BEGIN and END lines."
        case .chain:
            "This is a chain of certificates. Paste only the signing certificate, without the authorities that issued it."
        case .tooMany: "At most 8 certificates can be configured."
        case .keyTypeUnsupported: "The certificate's key is neither RSA nor on one of the curves P-256, P-384, P-521."
        case .keyTooShort(let bits): "The certificate's RSA key has \(bits) bits; at least 2048 are required."
        case .keyTooLong(let bits): "The certificate's RSA key has \(bits) bits; at most 8192 are allowed."
        case .keyExponentRefused: "The certificate's RSA key has an unusual public exponent, which is refused."
        case .libraryFailure: "The certificate could not be read because the cryptography library failed."
        }
    }
}
