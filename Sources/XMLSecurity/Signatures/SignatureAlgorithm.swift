import CXMLSec

/// A signature method of XML Signature that can be asked for; `AlgorithmPolicy` says which ones are allowed.
///
/// There is no HMAC: its key would be the public certificate (`saml-security` B01).
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// RSA PKCS #1 v1.5 with SHA-1, for old messages in tests alone.
    case rsaSHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    /// RSA PKCS #1 v1.5 with SHA-256.
    case rsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    /// RSA PKCS #1 v1.5 with SHA-384.
    case rsaSHA384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
    /// RSA PKCS #1 v1.5 with SHA-512.
    case rsaSHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
    /// ECDSA with SHA-256.
    case ecdsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    /// ECDSA with SHA-384.
    case ecdsaSHA384 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"
    /// ECDSA with SHA-512.
    case ecdsaSHA512 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"

    /// The kind of key that the method needs; a key of another kind is never tried.
    var family: PublicKey.Family {
        switch self {
        case .rsaSHA1, .rsaSHA256, .rsaSHA384, .rsaSHA512: .rsa
        case .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512: .ecdsa
        }
    }

    /// The digest inside the signature method.
    var digest: DigestAlgorithm {
        switch self {
        case .rsaSHA1: .sha1
        case .rsaSHA256, .ecdsaSHA256: .sha256
        case .rsaSHA384, .ecdsaSHA384: .sha384
        case .rsaSHA512, .ecdsaSHA512: .sha512
        }
    }

    /// xmlsec1's implementation.
    var transform: xmlSecTransformId? {
        switch self {
        case .rsaSHA1: unsafe xmlSecOpenSSLTransformRsaSha1GetKlass()
        case .rsaSHA256: unsafe xmlSecOpenSSLTransformRsaSha256GetKlass()
        case .rsaSHA384: unsafe xmlSecOpenSSLTransformRsaSha384GetKlass()
        case .rsaSHA512: unsafe xmlSecOpenSSLTransformRsaSha512GetKlass()
        case .ecdsaSHA256: unsafe xmlSecOpenSSLTransformEcdsaSha256GetKlass()
        case .ecdsaSHA384: unsafe xmlSecOpenSSLTransformEcdsaSha384GetKlass()
        case .ecdsaSHA512: unsafe xmlSecOpenSSLTransformEcdsaSha512GetKlass()
        }
    }
}
