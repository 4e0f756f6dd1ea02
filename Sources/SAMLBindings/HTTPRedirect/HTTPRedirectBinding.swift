package import SAML
import XMLSecurity

/// The HTTP-Redirect binding (saml-bindings 3.4) on the sending side.
package enum HTTPRedirectBinding {
    /// Why a redirect could not be made.
    package enum EncodingFailure: Error, Hashable, Sendable {
        /// The RelayState is longer than the 80 bytes of saml-bindings 3.4.3.
        case relayStateTooLong
        /// There was no memory to compress the request.
        case compressionFailed
    }

    /// The URL to send the browser to: the request's destination with `SAMLRequest` and `RelayState` behind its query.
    ///
    /// - Parameters:
    ///   - request: The request; its destination is the sign-in URL, which may have a query and a fragment of its own.
    ///   - relayState: An opaque handle of at most 80 bytes.
    /// - Returns: The URL, whose new parameters hold only unreserved characters and escapes.
    /// - Throws: `relayStateTooLong`, or `compressionFailed` for lack of memory.
    package static func url(for request: AuthnRequest, relayState: String) throws(EncodingFailure) -> String {
        guard relayState.utf8.count <= 80 else { throw .relayStateTooLong }
        guard let deflated = RawDeflate.compress(AuthnRequestWriter.write(request)) else { throw .compressionFailed }
        let parameters =
            "SAMLRequest=" + self.percentEncoded(StrictBase64.encode(deflated))
            + "&RelayState=" + self.percentEncoded(relayState)
        let (location, fragment) = self.splittingFragment(request.destination)
        return location + self.separator(after: location) + parameters + fragment
    }

    /// What stands between a URL and one more parameter.
    private static func separator(after location: Substring) -> String {
        guard let query = location.firstIndex(of: "?") else { return "?" }
        let isOpen = location[query...] == "?" || location.hasSuffix("&")
        return isOpen ? "" : "&"
    }

    private static func splittingFragment(_ url: String) -> (Substring, Substring) {
        let mark = url.firstIndex(of: "#") ?? url.endIndex
        return (url[..<mark], url[mark...])
    }

    /// Escapes everything but the unreserved characters of RFC 3986 2.3, so that no reader can disagree about it.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            case _:
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
