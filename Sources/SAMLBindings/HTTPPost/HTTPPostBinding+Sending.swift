package import SAML
import XMLSecurity

/// The HTTP-POST binding on the sending side (saml-bindings 3.5.4).
extension HTTPPostBinding {
    /// The form that takes the browser to the identity provider with an AuthnRequest.
    ///
    /// - Parameters:
    ///   - request: The request; its destination is the form's action.
    ///   - relayState: An opaque handle of at most 80 bytes.
    ///   - signer: Who signs, by an enveloped signature; nil sends the request unsigned.
    /// - Returns: The form's action and fields.
    /// - Throws: `relayStateTooLong`, or `signingFailed`.
    package static func form(
        for request: AuthnRequest,
        relayState: String,
        signer: MessageSigner? = nil
    ) throws(MessageEncodingFailure) -> PostedForm {
        try self.form(
            to: request.destination,
            field: "SAMLRequest",
            message: AuthnRequestWriter.write(request),
            id: request.id,
            relayState: relayState,
            signer: signer
        )
    }

    /// Sends a message whose root has the identifier.
    static func form(
        to destination: String?,
        field: String,
        message: [UInt8],
        id: MessageID,
        relayState: String?,
        signer: MessageSigner?
    ) throws(MessageEncodingFailure) -> PostedForm {
        guard let destination else { throw .destinationMissing }
        guard (relayState?.utf8.count ?? 0) <= 80 else { throw .relayStateTooLong }
        var bytes = message
        if let signer {
            guard signer.key.signatureAlgorithm(digest: signer.digest) != nil else { throw .signingFailed }
            let options = XMLSigner.Options(digest: signer.digest, certificate: signer.certificate)
            do throws(SigningFailure) {
                bytes = try XMLSigner.sign(message, elementID: id.value, key: signer.key, options: options)
            } catch {
                throw .signingFailed
            }
        }
        var fields = [PostedForm.Field(name: field, value: StrictBase64.encode(bytes))]
        if let relayState {
            fields.append(PostedForm.Field(name: "RelayState", value: relayState))
        }
        return PostedForm(action: destination, fields: fields)
    }
}
