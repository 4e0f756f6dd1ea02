/// What a test asked for and could not have.
package enum SAMLTestingFailure: Error, Hashable, Sendable {
    /// The text to be replaced is not in the message.
    case textNotFound(String)
    /// The message could not be signed.
    case cannotSign(String)
    /// A key or a certificate could not be made.
    case cannotMakeKey(String)
    /// A name is not a valid entity identifier.
    case invalidEntityID(String)
    /// The URL carries no AuthnRequest that can be read, for this reason.
    case noAuthnRequest(String)
    /// An assertion could not be encrypted.
    case cannotEncrypt(String)
    /// The message has not the ciphertexts of one encrypted assertion.
    case noCiphertext
}
