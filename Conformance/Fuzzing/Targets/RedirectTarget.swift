import SAML
import SAMLBindings
import SAMLTesting

/// The HTTP-Redirect binding: inflation with its bound, and requests that are written and read again.
///
/// What can be expanded or read is written again, and must be read as the same. The test identity provider reads requests
/// with an inflation of its own.
enum RedirectTarget {
    /// The longest message that is expanded, so short that fuzzing reaches it.
    private static let limit = 4096

    static func run(_ bytes: [UInt8]) {
        self.expand(bytes)
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

    /// Expands the bytes as the gateway does with those of a query, and at most as far as the bound.
    private static func expand(_ bytes: [UInt8]) {
        guard case .expanded(let message) = RawDeflate.expand(bytes, limit: self.limit) else { return }
        precondition(message.count <= self.limit, "more was expanded than may be")
        guard let again = RawDeflate.compress(message),
            case .expanded(let second) = RawDeflate.expand(again, limit: self.limit), second == message
        else { preconditionFailure("a message that was expanded cannot be compressed and expanded again") }
    }

    /// The URL of a redirect with these bytes as the deflated message.
    private static func redirect(of bytes: [UInt8]) -> String {
        "https://idp.example/sso?SAMLRequest=" + QueryValue.escaped(bytes)
    }
}
