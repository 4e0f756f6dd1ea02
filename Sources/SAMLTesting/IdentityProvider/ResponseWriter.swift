import FoundationEssentials
import SAML
import XMLSecurity

/// Writes a draft as an identity provider would, with the prefixes `samlp` and `saml`.
struct ResponseWriter {
    let form: ResponseDraft.AttributeForm

    func write(_ draft: ResponseDraft) -> String {
        var writer = XMLWriter()
        let header = draft.header
        writer.element(
            "samlp:Response",
            [
                "xmlns:samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
                "xmlns:saml": "urn:oasis:names:tc:SAML:2.0:assertion",
                "ID": header.id.value,
                "Version": "2.0",
                "IssueInstant": SAMLInstant.format(header.issueInstant),
                "Destination": header.destination,
                "InResponseTo": header.inResponseTo?.value,
            ]
        ) { writer in
            if let issuer = header.issuer {
                self.write(issuer, to: &writer)
            }
            self.write(header.status, to: &writer)
            if let assertion = draft.assertion {
                self.write(assertion, to: &writer)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(_ issuer: Issuer, to writer: inout XMLWriter) {
        writer.element("saml:Issuer", ["Format": issuer.format]) { $0.text(issuer.value) }
    }

    private func write(_ status: Status, to writer: inout XMLWriter) {
        writer.element("samlp:Status") { writer in
            writer.element("samlp:StatusCode", ["Value": status.code]) { writer in
                if let subordinate = status.subordinateCode {
                    writer.element("samlp:StatusCode", ["Value": subordinate])
                }
            }
            if let message = status.message {
                writer.element("samlp:StatusMessage") { $0.text(message) }
            }
        }
    }

    private func write(_ assertion: Assertion, to writer: inout XMLWriter) {
        writer.element(
            "saml:Assertion",
            [
                "xmlns:saml": "urn:oasis:names:tc:SAML:2.0:assertion",
                "ID": assertion.id.value,
                "Version": "2.0",
                "IssueInstant": SAMLInstant.format(assertion.issueInstant),
            ]
        ) { writer in
            self.write(assertion.issuer, to: &writer)
            if let subject = assertion.subject {
                self.write(subject, to: &writer)
            }
            if let conditions = assertion.conditions {
                self.write(conditions, to: &writer)
            }
            for statement in assertion.authnStatements {
                self.write(statement, to: &writer)
            }
            if !assertion.attributes.isEmpty {
                writer.element("saml:AttributeStatement") { writer in
                    for attribute in assertion.attributes {
                        self.write(attribute, to: &writer)
                    }
                }
            }
        }
    }

    private func write(_ subject: Subject, to writer: inout XMLWriter) {
        writer.element("saml:Subject") { writer in
            if let nameID = subject.nameID {
                writer.element(
                    "saml:NameID",
                    [
                        "Format": nameID.format, "NameQualifier": nameID.nameQualifier,
                        "SPNameQualifier": nameID.spNameQualifier,
                    ]
                ) { $0.text(nameID.value) }
            }
            for confirmation in subject.confirmations {
                writer.element("saml:SubjectConfirmation", ["Method": confirmation.method]) { writer in
                    guard let data = confirmation.data else { return }
                    writer.element(
                        "saml:SubjectConfirmationData",
                        [
                            "NotBefore": data.notBefore.map(SAMLInstant.format),
                            "NotOnOrAfter": data.notOnOrAfter.map(SAMLInstant.format),
                            "Recipient": data.recipient, "InResponseTo": data.inResponseTo, "Address": data.address,
                        ]
                    )
                }
            }
        }
    }

    private func write(_ conditions: Conditions, to writer: inout XMLWriter) {
        writer.element(
            "saml:Conditions",
            [
                "NotBefore": conditions.notBefore.map(SAMLInstant.format),
                "NotOnOrAfter": conditions.notOnOrAfter.map(SAMLInstant.format),
            ]
        ) { writer in
            for condition in conditions.conditions {
                switch condition {
                case .audienceRestriction(let audiences):
                    writer.element("saml:AudienceRestriction") { writer in
                        for audience in audiences {
                            writer.element("saml:Audience") { $0.text(audience) }
                        }
                    }
                case .oneTimeUse: writer.element("saml:OneTimeUse")
                case .proxyRestriction: writer.element("saml:ProxyRestriction", ["Count": "1"])
                case .unknown(let type):
                    writer.element(
                        "saml:Condition",
                        ["xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:type": type]
                    )
                }
            }
        }
    }

    private func write(_ statement: AuthnStatement, to writer: inout XMLWriter) {
        writer.element(
            "saml:AuthnStatement",
            [
                "AuthnInstant": SAMLInstant.format(statement.authnInstant),
                "SessionIndex": statement.sessionIndex,
                "SessionNotOnOrAfter": statement.sessionNotOnOrAfter.map(SAMLInstant.format),
            ]
        ) { writer in
            writer.element("saml:AuthnContext") { writer in
                guard let classRef = statement.authnContextClassRef else { return }
                writer.element("saml:AuthnContextClassRef") { $0.text(classRef) }
            }
        }
    }

    private func write(_ attribute: Attribute, to writer: inout XMLWriter) {
        writer.element(
            "saml:Attribute",
            ["Name": attribute.name, "NameFormat": attribute.nameFormat, "FriendlyName": attribute.friendlyName]
        ) { writer in
            for value in attribute.values {
                switch value {
                case .text(let text): self.write(text, to: &writer)
                case .structured:
                    writer.element("saml:AttributeValue") { $0.element("saml:NameID") { $0.text("structured") } }
                }
            }
        }
    }

    private func write(_ text: String, to writer: inout XMLWriter) {
        switch self.form {
        case .plain:
            writer.element("saml:AttributeValue") { $0.text(text) }
        case .verbose:
            writer.element(
                "saml:AttributeValue",
                [
                    "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
                    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                    "xsi:type": "xs:string",
                ]
            ) { $0.text("\n    " + text + "\n  ") }
        }
    }
}
