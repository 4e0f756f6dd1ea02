import FoundationEssentials
import SAML
import XMLSecurity

/// Reads an assertion, and takes nothing but a `VerifiedElement`: there is no way from the message as it came to an
/// ``Assertion`` (saml-security 0.1).
enum AssertionReader {
    /// Reads the assertion that was signed, or the one inside the Response that was signed.
    ///
    /// - Throws: `xmlInvalid` when the signed bytes are not of the grammar or hold no assertion.
    static func read(_ verified: VerifiedElement) throws(ResponseRejection) -> Assertion {
        try ResponseGrammar.check(verified.element)
        let isAssertion = verified.element.isNamed(.assertion("Assertion"))
        let found = isAssertion ? verified.element : verified.element.firstChild(named: .assertion("Assertion"))
        guard let element = found, let issuer = try element.issuer() else {
            throw ResponseRejection(.xmlInvalid, rule: "AssertionReader", wanted: "one Assertion", got: "none")
        }
        return Assertion(
            id: try element.requiredMessageID("ID"),
            issueInstant: try element.requiredInstant("IssueInstant"),
            issuer: issuer,
            subject: try self.subject(of: element),
            conditions: try self.conditions(of: element),
            authnStatements: try self.authnStatements(of: element),
            attributes: try self.attributes(of: element)
        )
    }

    private static func subject(of assertion: XMLElement) throws(ResponseRejection) -> Subject? {
        guard let subject = assertion.firstChild(named: .assertion("Subject")) else { return nil }
        var nameID: NameID?
        if let element = subject.firstChild(named: .assertion("NameID")) {
            nameID = try element.nameID()
        }
        var confirmations: [SubjectConfirmation] = []
        for confirmation in subject.children(named: .assertion("SubjectConfirmation")) {
            var data: SubjectConfirmationData?
            if let element = confirmation.firstChild(named: .assertion("SubjectConfirmationData")) {
                data = SubjectConfirmationData(
                    notBefore: try element.instant("NotBefore"),
                    notOnOrAfter: try element.instant("NotOnOrAfter"),
                    recipient: element.attribute("Recipient"),
                    inResponseTo: element.attribute("InResponseTo"),
                    address: element.attribute("Address")
                )
            }
            confirmations.append(SubjectConfirmation(method: confirmation.attribute("Method") ?? "", data: data))
        }
        return Subject(nameID: nameID, confirmations: confirmations)
    }

    private static func conditions(of assertion: XMLElement) throws(ResponseRejection) -> Conditions? {
        guard let element = assertion.firstChild(named: .assertion("Conditions")) else { return nil }
        var conditions: [Condition] = []
        for child in element.childElements {
            switch child.name {
            case .assertion("AudienceRestriction"):
                var audiences: [String] = []
                for audience in child.children(named: .assertion("Audience")) {
                    audiences.append(try audience.textContent())
                }
                conditions.append(.audienceRestriction(audiences))
            case .assertion("OneTimeUse"): conditions.append(.oneTimeUse)
            case .assertion("ProxyRestriction"): conditions.append(.proxyRestriction)
            case let name:
                let type = child.attribute(XMLName(SAMLNamespace.schemaInstance, "type"))
                conditions.append(.unknown(type ?? name.localName))
            }
        }
        return Conditions(
            notBefore: try element.instant("NotBefore"),
            notOnOrAfter: try element.instant("NotOnOrAfter"),
            conditions: conditions
        )
    }

    private static func authnStatements(of assertion: XMLElement) throws(ResponseRejection) -> [AuthnStatement] {
        var statements: [AuthnStatement] = []
        for element in assertion.children(named: .assertion("AuthnStatement")) {
            let context = element.firstChild(named: .assertion("AuthnContext"))
            statements.append(
                AuthnStatement(
                    authnInstant: try element.requiredInstant("AuthnInstant"),
                    sessionIndex: element.attribute("SessionIndex"),
                    sessionNotOnOrAfter: try element.instant("SessionNotOnOrAfter"),
                    authnContextClassRef: try context?.textOfChild(.assertion("AuthnContextClassRef"))
                )
            )
        }
        return statements
    }

    private static func attributes(of assertion: XMLElement) throws(ResponseRejection) -> [Attribute] {
        var attributes: [Attribute] = []
        for statement in assertion.children(named: .assertion("AttributeStatement")) {
            for element in statement.childElements {
                var values: [AttributeValue] = []
                for value in element.childElements {
                    values.append(value.hasChildElements ? .structured : .text(try value.textContent()))
                }
                attributes.append(
                    Attribute(
                        name: element.attribute("Name") ?? "",
                        nameFormat: element.attribute("NameFormat"),
                        friendlyName: element.attribute("FriendlyName"),
                        values: values
                    )
                )
            }
        }
        return attributes
    }
}
