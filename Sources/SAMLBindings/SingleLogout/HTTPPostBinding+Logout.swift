package import SAML
import XMLSecurity

/// Logout messages by HTTP-POST, each with an enveloped signature (saml-profiles 4.4.3.1).
extension HTTPPostBinding {
    /// Decodes a logout message and checks its structure; nothing of it is verified yet.
    ///
    /// - Parameters:
    ///   - field: The form field, percent-decoded.
    ///   - kind: What the field's name says: `SAMLRequest` or `SAMLResponse`.
    ///   - relayState: The form field `RelayState`.
    /// - Returns: A message that is well-formed and of the grammar, and that nobody has verified.
    /// - Throws: `tooLarge` or `xmlInvalid`.
    package static func decodeLogout(
        _ field: String,
        kind: ReceivedLogoutMessage.Kind,
        relayState: String?
    ) throws(ResponseRejection) -> ReceivedLogoutMessage {
        try ReceivedLogoutMessage(try self.decode(field), kind: kind, relayState: relayState, signature: nil)
    }

    /// The form that takes the browser to the identity provider with a LogoutRequest.
    ///
    /// - Returns: The form's action and fields.
    /// - Throws: `destinationMissing`, `relayStateTooLong` or `signingFailed`.
    package static func form(
        for request: LogoutRequest,
        relayState: String?,
        signer: MessageSigner
    ) throws(MessageEncodingFailure) -> PostedForm {
        try self.form(
            to: request.destination,
            field: "SAMLRequest",
            message: LogoutWriter.write(request),
            id: request.id,
            relayState: relayState,
            signer: signer
        )
    }

    /// The form that takes the browser back to the identity provider with a LogoutResponse.
    ///
    /// - Returns: The form's action and fields.
    /// - Throws: `destinationMissing`, `relayStateTooLong` or `signingFailed`.
    package static func form(
        for response: LogoutResponse,
        relayState: String?,
        signer: MessageSigner
    ) throws(MessageEncodingFailure) -> PostedForm {
        try self.form(
            to: response.destination,
            field: "SAMLResponse",
            message: LogoutWriter.write(response),
            id: response.id,
            relayState: relayState,
            signer: signer
        )
    }
}
