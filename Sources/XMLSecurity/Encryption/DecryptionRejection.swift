/// Why encrypted XML was refused.
///
/// Everything that depends on a private key or on the plaintext of a cipher that does not protect its content is one case,
/// `failed`: whoever asks again and again learns nothing from the answers (`saml-security` E01, E04).
package enum DecryptionRejection: Error, Hashable, Sendable {
    /// The encrypted element has children, attributes or text that the one allowed form has not, at this element of it.
    case malformed(EncryptionPart)
    /// An algorithm is not on the list.
    case algorithmRefused(String)
    /// The content's cipher does not protect it, and no signature around it was verified.
    case contentUnprotected(String)
    /// There is no key to decrypt with.
    case noKey
    /// There are more keys than ``Decryptor/maximumKeys``.
    case tooManyKeys
    /// It could not be decrypted; nothing says why.
    case failed
    /// The plaintext, whose cipher protects it, was refused as XML.
    case plaintextRefused(XMLRejection)
}

extension DecryptionRejection: CustomStringConvertible {
    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .malformed(let part): "The encrypted element is malformed at \(part.rawValue)."
        case .algorithmRefused: "The identity provider must encrypt with AES-GCM and RSA-OAEP."
        case .contentUnprotected:
            "AES-CBC is accepted only inside a signed Response; the identity provider must use AES-GCM or sign the Response."
        case .noKey:
            "The service provider has no key to decrypt with: the operator must make one, or the identity provider must not encrypt."
        case .tooManyKeys: "There are more decryption keys than are tried; the operator must retire one."
        case .failed:
            "It could not be decrypted with any key of the service provider; the identity provider may have an old certificate."
        case .plaintextRefused(let rejection): "The decrypted element was refused: \(rejection)"
        }
    }
}
