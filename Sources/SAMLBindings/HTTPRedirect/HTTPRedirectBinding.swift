package import SAML
import XMLSecurity

/// The HTTP-Redirect binding (saml-bindings 3.4) on the sending side.
package enum HTTPRedirectBinding {
    /// The URL to send the browser to: the request's destination with `SAMLRequest` and `RelayState` behind its query.
    ///
    /// - Parameters:
    ///   - request: The request; its destination is the sign-in URL, which may have a query and a fragment of its own.
    ///   - relayState: An opaque handle of at most 80 bytes.
    ///   - signer: Who signs; nil sends the request unsigned.
    /// - Returns: The URL, whose new parameters hold only unreserved characters and escapes.
    /// - Throws: `relayStateTooLong`, `compressionFailed` for lack of memory, or `signingFailed`.
    package static func url(
        for request: AuthnRequest,
        relayState: String,
        signer: MessageSigner? = nil
    ) throws(MessageEncodingFailure) -> String {
        try self.url(
            to: request.destination,
            parameter: "SAMLRequest",
            message: AuthnRequestWriter.write(request),
            relayState: relayState,
            signer: signer
        )
    }

    /// Sends a message; the signature covers exactly the parameters before it, as they are written (3.4.4.1).
    static func url(
        to destination: String?,
        parameter: String,
        message: [UInt8],
        relayState: String?,
        signer: MessageSigner?
    ) throws(MessageEncodingFailure) -> String {
        guard let destination else { throw .destinationMissing }
        guard (relayState?.utf8.count ?? 0) <= 80 else { throw .relayStateTooLong }
        guard let deflated = RawDeflate.compress(message) else { throw .compressionFailed }
        var parameters = parameter + "=" + PercentEncoding.encode(StrictBase64.encode(deflated))
        if let relayState {
            parameters += "&RelayState=" + PercentEncoding.encode(relayState)
        }
        if let signer {
            guard let algorithm = signer.key.signatureAlgorithm(digest: signer.digest) else { throw .signingFailed }
            parameters += "&SigAlg=" + PercentEncoding.encode(algorithm.rawValue)
            guard let value = try? signer.key.sign(Array(parameters.utf8), digest: signer.digest) else {
                throw .signingFailed
            }
            parameters += "&Signature=" + PercentEncoding.encode(StrictBase64.encode(value))
        }
        let (location, fragment) = self.splittingFragment(destination)
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
}
