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
    /// An address on the web.
    case address
    /// The fingerprint of a certificate.
    case fingerprint
    /// PKCS #7 or CMS: certificates in an envelope.
    case envelope
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
    /// Sentences for the person who pasted it: what it is, and what to paste instead.
    package var description: String {
        switch self {
        case .empty: "No certificate was given. \(Self.paste)"
        case .tooLong: "This is too long for a certificate. \(Self.paste)"
        case .privateKey:
            "This is a private key. Replace it at your provider: it has been disclosed. \(Self.paste)"
        case .publicKeyOnly: "This is a bare public key, without its certificate. \(Self.paste)"
        case .certificateRequest: "This is a certificate request, not the certificate itself. \(Self.paste)"
        case .xml: "This is XML, perhaps SAML metadata. Paste only the content of its X509Certificate element."
        case .address:
            "This is an address. If your provider’s metadata is there, put it into the field “Metadata URL”; otherwise open"
                + " it and download the certificate. \(Self.paste)"
        case .fingerprint: "This is the fingerprint of a certificate, with which nothing can be verified. \(Self.paste)"
        case .envelope:
            "This is PKCS #7, an envelope around certificates. Download the certificate by itself, as PEM or Base64; or take"
                + " it out with `openssl pkcs7 -print_certs`. \(Self.paste)"
        case .notACertificate: "This is not an X.509 certificate in PEM or base64. \(Self.paste)"
        case .damaged: "The certificate is damaged or incomplete. Copy it again with its BEGIN and END lines."
        case .chain:
            "This is a chain of certificates. Paste only the signing certificate, without the authorities that issued it."
        case .tooMany:
            "There may be 8 certificates at most. Paste only those with which your provider signs now or soon."
        case .keyTypeUnsupported:
            "The certificate's key is neither RSA nor on one of the curves P-256, P-384, P-521. \(Self.another)"
        case .keyTooShort(let bits):
            "The certificate's RSA key has \(bits) bits; at least 2048 are required. \(Self.another)"
        case .keyTooLong(let bits):
            "The certificate's RSA key has \(bits) bits; at most 8192 are allowed. \(Self.another)"
        case .keyExponentRefused:
            "The certificate's RSA key has an unusual public exponent, which is refused. \(Self.another)"
        case .libraryFailure:
            "The certificate could not be read because the cryptography library failed. Try again; if it fails again, ask"
                + " whoever runs Portico to look at its log."
        }
    }

    private static let paste =
        "Paste the signing certificate that your provider shows: text that begins with -----BEGIN CERTIFICATE-----."
    private static let another =
        "Let your provider make a signing certificate with an RSA key of 2048 bits or more, and paste that one."
}
