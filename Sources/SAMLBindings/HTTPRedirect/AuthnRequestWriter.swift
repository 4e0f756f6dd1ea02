import SAML
import XMLSecurity

/// Writes an AuthnRequest (saml-core 3.4.1): no more than what the profile needs.
enum AuthnRequestWriter {
    static func write(_ request: AuthnRequest) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(
            "samlp:AuthnRequest",
            [
                "xmlns:samlp": SAMLNamespace.protocols,
                "xmlns:saml": SAMLNamespace.assertion,
                "ID": request.id.value,
                "Version": "2.0",
                "IssueInstant": SAMLInstant.format(request.issueInstant),
                "Destination": request.destination,
                "ForceAuthn": request.forceAuthn ? "true" : nil,
                "AssertionConsumerServiceURL": request.assertionConsumerService,
                "ProtocolBinding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
            ]
        ) { writer in
            writer.element("saml:Issuer") { $0.text(request.issuer.value) }
            writer.element("samlp:NameIDPolicy", ["AllowCreate": "true"])
        }
        return writer.bytes
    }
}
