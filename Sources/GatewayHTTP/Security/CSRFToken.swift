import Crypto
import FoundationEssentials

/// What a form of the settings carries to prove that it stood on a page of ours, shown to the very browser that sends it.
///
/// It is computed from the secret in the browser's cookie, so that nothing more has to be kept, and ends with the session.
/// It tells nobody the secret: an HMAC cannot be turned back, and the secret has 256 random bits.
package struct CSRFToken: Sendable {
    /// The name of the field that carries it.
    package static let fieldName = "csrf"

    private static let purpose = Array("portico settings form 1".utf8)

    private let key: SymmetricKey

    /// Makes the token of a session or a visit.
    ///
    /// - Parameter secret: The value of its cookie.
    package init(of secret: String) {
        self.key = SymmetricKey(data: Array(secret.utf8))
    }

    /// The token as a form carries it: base64.
    package var text: String {
        Data(HMAC<SHA256>.authenticationCode(for: Self.purpose, using: self.key)).base64EncodedString()
    }

    /// Compares what a form carried, in constant time.
    ///
    /// - Throws: ``RequestRefusal/crossSiteRefused`` for a form without the token, or with another one.
    package func check(_ form: Form) throws(RequestRefusal) {
        guard let text = try form.optionalValue(Self.fieldName), let bytes = Data(base64Encoded: text),
            HMAC<SHA256>.isValidAuthenticationCode(bytes, authenticating: Self.purpose, using: self.key)
        else { throw .crossSiteRefused }
    }
}
