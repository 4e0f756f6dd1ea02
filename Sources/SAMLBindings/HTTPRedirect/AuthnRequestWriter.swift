import SAML
import XMLSecurity

/// Writes an AuthnRequest (saml-core 3.4.1): no more than what the profile needs and what the workspace asks for.
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
            if let subject = request.subject {
                // Without a SubjectConfirmation (saml-profiles 4.1.4.1).
                writer.element("saml:Subject") { writer in
                    writer.element("saml:NameID", ["Format": NameID.emailFormat]) { $0.text(subject) }
                }
            }
            Self.write(request.nameIDPolicy, to: &writer)
            if let context = request.requestedAuthnContext {
                writer.element("samlp:RequestedAuthnContext", ["Comparison": "exact"]) { writer in
                    for classRef in context.classRefs {
                        writer.element("saml:AuthnContextClassRef") { $0.text(classRef) }
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ policy: NameIDPolicy, to writer: inout XMLWriter) {
        guard policy != .omitted else { return }
        writer.element(
            "samlp:NameIDPolicy",
            ["Format": policy.format, "AllowCreate": policy.allowsCreation ? "true" : nil]
        )
    }
}
