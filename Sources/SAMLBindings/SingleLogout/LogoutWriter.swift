import SAML
import XMLSecurity

/// Writes logout messages (saml-core 3.7).
enum LogoutWriter {
    static func write(_ request: LogoutRequest) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(
            "samlp:LogoutRequest",
            [
                "xmlns:samlp": SAMLNamespace.protocols,
                "xmlns:saml": SAMLNamespace.assertion,
                "ID": request.id.value,
                "Version": "2.0",
                "IssueInstant": SAMLInstant.format(request.issueInstant),
                "Destination": request.destination,
                "NotOnOrAfter": request.notOnOrAfter.map(SAMLInstant.format),
            ]
        ) { writer in
            writer.element("saml:Issuer", ["Format": request.issuer.format]) { $0.text(request.issuer.value) }
            writer.element(
                "saml:NameID",
                [
                    "Format": request.nameID.format,
                    "NameQualifier": request.nameID.nameQualifier,
                    "SPNameQualifier": request.nameID.spNameQualifier,
                ]
            ) { $0.text(request.nameID.value) }
            for index in request.sessionIndexes {
                writer.element("samlp:SessionIndex") { $0.text(index) }
            }
        }
        return writer.bytes
    }

    static func write(_ response: LogoutResponse) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(
            "samlp:LogoutResponse",
            [
                "xmlns:samlp": SAMLNamespace.protocols,
                "xmlns:saml": SAMLNamespace.assertion,
                "ID": response.id.value,
                "Version": "2.0",
                "IssueInstant": SAMLInstant.format(response.issueInstant),
                "Destination": response.destination,
                "InResponseTo": response.inResponseTo?.value,
            ]
        ) { writer in
            writer.element("saml:Issuer", ["Format": response.issuer.format]) { $0.text(response.issuer.value) }
            writer.element("samlp:Status") { writer in
                writer.element("samlp:StatusCode", ["Value": response.status.code]) { writer in
                    guard let subordinate = response.status.subordinateCode else { return }
                    writer.element("samlp:StatusCode", ["Value": subordinate])
                }
                guard let message = response.status.message else { return }
                writer.element("samlp:StatusMessage") { $0.text(message) }
            }
        }
        return writer.bytes
    }
}
