import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// The HTTP-Redirect binding: base64, inflation with its bound, and the request inside.
///
/// What can be read is written again, and must be read as the same.
enum RedirectTarget {
    static func run(_ bytes: [UInt8]) {
        let urls = [
            String(decoding: bytes, as: UTF8.self), self.redirect(of: bytes), self.redirect(of: self.stored(bytes)),
        ]
        for url in urls {
            guard let received = try? TestIdentityProvider.readRequest(fromRedirect: url),
                let again = try? HTTPRedirectBinding.url(for: received.request, relayState: "r"),
                let second = try? TestIdentityProvider.readRequest(fromRedirect: again)
            else { continue }
            precondition(second.request == received.request, "a request is read as another one")
        }
    }

    /// The bytes as DEFLATE that does not compress (RFC 1951 3.2.4), so that a message can be changed letter by letter.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let content = bytes.prefix(65_535)
        let length = UInt16(content.count)
        return [1, UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)] + content
    }

    /// The URL of a redirect with these bytes as the deflated message.
    private static func redirect(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let escaped = StrictBase64.encode(bytes).utf8
            .flatMap { [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "https://idp.example/sso?SAMLRequest=" + String(decoding: escaped, as: UTF8.self)
    }
}
