import SAML
import XMLSecurity

/// The closed grammar of a Response (saml-schema-protocol-2.0, saml-schema-assertion-2.0): what is not on the list is
/// refused, wherever in the tree it stands (saml-security C11, A02, A03, A20).
///
///     Response
///     ├ Issuer?  Status                          and at most one ds:Signature
///     └ (Assertion | EncryptedAssertion)?        at most one in the whole tree
///         ├ Issuer  Subject?  Conditions?        and at most one ds:Signature
///         └ (AuthnStatement | AttributeStatement)*
///
/// A LogoutRequest is Issuer, NameID and SessionIndex*, a LogoutResponse Issuer and Status, each with at most one
/// ds:Signature; neither stands inside anything.
///
/// Left out of the schema on purpose, because a signed original could hide there or because nothing of it is understood:
/// Extensions, StatusDetail, Advice, ds:Object, BaseID, EncryptedID, EncryptedAttribute, Statement,
/// AuthzDecisionStatement, AuthnContextDecl, and content in SubjectConfirmationData and Condition.
///
/// It is applied to the message as it came, and again to the bytes that a signature covers.
enum ResponseGrammar {
    /// Checks an element and everything below it.
    ///
    /// - Throws: `xmlInvalid`, with the path of the element at fault as the rule's `got`.
    static func check(_ element: XMLElement) throws(ResponseRejection) {
        guard let grammar = self.elements[element.name] else {
            throw self.rejection("an element of the grammar", at: element)
        }
        try self.checkAttributes(of: element, grammar)
        switch grammar.content {
        case .text:
            guard element.childElements.isEmpty else { throw self.rejection("text alone", at: element) }
        case .sequence(let particles):
            try self.checkSequence(of: element, element.childElements, particles)
        case .signable(let particles):
            let signatures = element.children(named: .signature("Signature"))
            guard signatures.count <= 1 else { throw self.rejection("one Signature", at: element) }
            for signature in signatures {
                try self.check(signature)
            }
            let others = element.childElements.filter { !$0.isNamed(.signature("Signature")) }
            try self.checkSequence(of: element, others, particles)
        case .attributeValue:
            try self.checkAttributeValue(element)
        case .sealed(let namespaces):
            try self.checkSealed(element, namespaces)
        case .encrypted:
            try self.checkEncrypted(element)
        }
    }

    private static func checkAttributes(
        of element: XMLElement,
        _ grammar: ElementGrammar
    ) throws(ResponseRejection) {
        let attributes = element.attributes
        for attribute in attributes {
            let isKnown =
                switch attribute.name.namespaceURI {
                case "":
                    grammar.requiredAttributes.contains(attribute.name.localName)
                        || grammar.optionalAttributes.contains(attribute.name.localName)
                case SAMLNamespace.schemaInstance: ["type", "nil"].contains(attribute.name.localName)
                case SAMLNamespace.xml: attribute.name.localName == "lang"
                case SAMLNamespace.assertion, SAMLNamespace.protocols, SAMLNamespace.signature: false
                case _: grammar.foreignAttributes == .any
                }
            guard isKnown else {
                throw self.rejection("attributes of the grammar", at: element, "/@" + attribute.name.localName)
            }
        }
        for required in grammar.requiredAttributes
        where !attributes.contains(where: { $0.name == XMLName("", required) }) {
            throw self.rejection("the attribute \(required)", at: element)
        }
        if grammar.requiredAttributes.contains("Version"), element.attribute("Version") != "2.0" {
            throw self.rejection("Version 2.0", at: element)
        }
    }

    /// Matches greedily: no name is in two neighboring particles, so the first match is the only one.
    private static func checkSequence(
        of element: XMLElement,
        _ elements: [XMLElement],
        _ particles: [ElementGrammar.Particle]
    ) throws(ResponseRejection) {
        guard !element.hasCharacterData else { throw self.rejection("no text", at: element) }
        var children = elements[...]
        for particle in particles {
            var count = 0
            while count < particle.count.upperBound, let child = children.first,
                particle.names.contains(where: child.isNamed)
            {
                try self.check(child)
                children = children.dropFirst()
                count += 1
            }
            guard particle.count.contains(count) else {
                throw self.rejection(particle.names.map(\.localName).joined(separator: " or "), at: element)
            }
        }
        if let child = children.first {
            throw self.rejection("children of the grammar in its order", at: child)
        }
    }

    /// A value may have any elements but those that a signature could be looked for in; of SAML's own only a NameID,
    /// which is how eduPersonTargetedID is sent.
    private static func checkAttributeValue(_ element: XMLElement) throws(ResponseRejection) {
        for child in element.childElements {
            let name = child.name
            switch name.namespaceURI {
            case SAMLNamespace.assertion where name == .assertion("NameID"):
                try self.check(child)
            case SAMLNamespace.assertion, SAMLNamespace.protocols, SAMLNamespace.signature, SAMLNamespace.encryption,
                SAMLNamespace.encryption11:
                throw self.rejection("elements of other vocabularies", at: child)
            case _:
                try self.checkAttributeValue(child)
            }
        }
    }

    /// `XMLSecurity` checks the shape of a signature when it verifies it; here it only must not hide anything.
    private static func checkSealed(
        _ element: XMLElement,
        _ namespaces: [String]
    ) throws(ResponseRejection) {
        for child in element.childElements {
            let name = child.name
            guard namespaces.contains(name.namespaceURI), name != .signature("Object") else {
                throw self.rejection("nothing that could hide a message", at: child)
            }
            try self.checkSealed(child, namespaces)
        }
    }

    /// Whether there is one ciphertext with one key, and nothing that could be fetched; its algorithms are looked at when
    /// it is decrypted.
    private static func checkEncrypted(_ element: XMLElement) throws(ResponseRejection) {
        do throws(DecryptionRejection) {
            _ = try EncryptedElement.read(in: element)
        } catch {
            throw ResponseRejection(error)
        }
    }

    private static func rejection(_ wanted: String, at element: XMLElement, _ rest: String = "") -> ResponseRejection {
        ResponseRejection(.xmlInvalid, rule: "ResponseGrammar", wanted: wanted, got: self.path(of: element) + rest)
    }

    /// The names from the root to an element, made only when there is something to complain about: names may be long.
    private static func path(of element: XMLElement) -> String {
        var names: [String] = []
        var current: XMLElement? = element
        while let element = current {
            names.append(element.name.localName)
            current = element.parent
        }
        return names.reversed().map { "/" + $0 }.joined()
    }
}
