import SAML
import SAMLBindings
import SAMLTesting

/// The HTTP-Redirect binding: base64, inflation with its bound, and the request inside.
///
/// What can be read is written again, and must be read as the same.
enum RedirectTarget {
    static func run(_ bytes: [UInt8]) {
        let urls = [
            String(decoding: bytes, as: UTF8.self), self.redirect(of: bytes),
            self.redirect(of: QueryValue.stored(bytes)),
        ]
        for url in urls {
            guard let received = try? TestIdentityProvider.readRequest(fromRedirect: url),
                let again = try? HTTPRedirectBinding.url(for: received.request, relayState: "r"),
                let second = try? TestIdentityProvider.readRequest(fromRedirect: again)
            else { continue }
            precondition(second.request == received.request, "a request is read as another one")
        }
    }

    /// The URL of a redirect with these bytes as the deflated message.
    private static func redirect(of bytes: [UInt8]) -> String {
        "https://idp.example/sso?SAMLRequest=" + QueryValue.escaped(bytes)
    }
}
