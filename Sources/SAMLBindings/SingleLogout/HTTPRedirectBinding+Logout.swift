package import SAML
import XMLSecurity

/// Logout messages by HTTP-Redirect, each with a signature in the query.
///
/// This is the only way in for a message by HTTP-Redirect: a Response to a sign-in is never taken from a query.
extension HTTPRedirectBinding {
    /// Decodes a logout message and checks its structure; nothing of it is verified yet.
    ///
    /// - Parameter query: The query of the URL, exactly as it was received, without the question mark.
    /// - Returns: A message that is well-formed and of the grammar, and that nobody has verified.
    /// - Throws: `tooLarge`, `xmlInvalid`, or `signatureInvalid` when there is no signature.
    package static func decodeLogout(query: String) throws(ResponseRejection) -> ReceivedLogoutMessage {
        let query = try RedirectQuery.read(query)
        let document: XMLDocument
        do throws(XMLRejection) {
            document = try XMLDocument.parse(query.message, limits: .samlMessage)
        } catch {
            throw ResponseRejection(error)
        }
        let kind: ReceivedLogoutMessage.Kind =
            switch query.parameter {
            case .request: .request
            case .response: .response
            }
        return try ReceivedLogoutMessage(
            document,
            kind: kind,
            relayState: query.relayState,
            signature: query.signature
        )
    }

    /// The URL that takes the browser to the identity provider with a LogoutRequest.
    ///
    /// - Returns: The request's destination with the message and its signature behind its query.
    /// - Throws: `destinationMissing`, `relayStateTooLong`, `compressionFailed` or `signingFailed`.
    package static func url(
        for request: LogoutRequest,
        relayState: String?,
        signer: MessageSigner
    ) throws(MessageEncodingFailure) -> String {
        try self.url(
            to: request.destination,
            parameter: "SAMLRequest",
            message: LogoutWriter.write(request),
            relayState: relayState,
            signer: signer
        )
    }

    /// The URL that takes the browser back to the identity provider with a LogoutResponse.
    ///
    /// - Returns: The response's destination with the message and its signature behind its query.
    /// - Throws: `destinationMissing`, `relayStateTooLong`, `compressionFailed` or `signingFailed`.
    package static func url(
        for response: LogoutResponse,
        relayState: String?,
        signer: MessageSigner
    ) throws(MessageEncodingFailure) -> String {
        try self.url(
            to: response.destination,
            parameter: "SAMLResponse",
            message: LogoutWriter.write(response),
            relayState: relayState,
            signer: signer
        )
    }
}
