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
        try self.check(element, self.table.elements.number(of: element))
    }

    private static let table = GrammarTable(Self.elements)
    private static let signature = XMLName.signature("Signature")
    private static let object = XMLName.signature("Object")

    /// Namespaces whose attributes are refused, unless the grammar names them.
    private static let ownNamespaces = [
        "", SAMLNamespace.schemaInstance, SAMLNamespace.xml, SAMLNamespace.assertion, SAMLNamespace.protocols,
        SAMLNamespace.signature,
    ]

    /// Checks an element whose name has been looked up.
    private static func check(_ element: XMLElement, _ number: Int?) throws(ResponseRejection) {
        guard let number else { throw self.rejection("an element of the grammar", at: element) }
        let row = self.table.rows[number]
        try self.checkAttributes(of: element, row)
        switch row.content {
        case .text:
            guard !element.hasChildElements else { throw self.rejection("text alone", at: element) }
        case .sequence, .signable:
            try self.checkSequence(of: element, row)
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
        _ row: GrammarTable.Row
    ) throws(ResponseRejection) {
        var found = XMLVocabulary.Names()
        let refused = self.table.attributes.firstAttribute(of: element) { number in
            found.insert(number)
            return !row.allowedAttributes.contains(number)
        } orOther: { name in
            row.foreignAttributes != .any || self.ownNamespaces.contains(name.namespaceURI)
        }
        if let refused {
            throw self.rejection("attributes of the grammar", at: element, "/@" + refused.localName)
        }
        let missing = row.requiredAttributes.subtracting(found)
        guard missing.isEmpty else {
            let missing = self.table.attributes.names.enumerated().filter { missing.contains($0.offset) }
                .map(\.element.localName).sorted()
            throw self.rejection("the attribute \(missing.joined(separator: ", "))", at: element)
        }
        if row.hasVersion, element.attribute("Version") != "2.0" {
            throw self.rejection("Version 2.0", at: element)
        }
    }

    /// Matches greedily: no name is in two neighboring particles, so the first match is the only one.
    private static func checkSequence(of element: XMLElement, _ row: GrammarTable.Row) throws(ResponseRejection) {
        guard !element.hasCharacterData else { throw self.rejection("no text", at: element) }
        var place = 0
        var count = 0
        var hasSignature = false
        var next = element.firstElementChild
        while let child = next {
            next = child.nextElementSibling
            if case .signable = row.content, child.isNamed(self.signature) {
                guard !hasSignature else { throw self.rejection("one Signature", at: element) }
                hasSignature = true
                try self.check(child)
                continue
            }
            let number = self.table.elements.number(of: child)
            while place < row.particles.count {
                if let number, row.particles[place].takes(number, after: count) { break }
                try self.checkEnd(of: place, count, in: element, row)
                place += 1
                count = 0
            }
            guard place < row.particles.count else {
                throw self.rejection("children of the grammar in its order", at: child)
            }
            try self.check(child, number)
            count += 1
        }
        while place < row.particles.count {
            try self.checkEnd(of: place, count, in: element, row)
            place += 1
            count = 0
        }
    }

    private static func checkEnd(
        of place: Int,
        _ count: Int,
        in element: XMLElement,
        _ row: GrammarTable.Row
    ) throws(ResponseRejection) {
        guard row.particles[place].count.contains(count) else {
            throw self.rejection(row.particles[place].description, at: element)
        }
    }

    /// A value may have any elements but those that a signature could be looked for in; of SAML's own only a NameID,
    /// which is how eduPersonTargetedID is sent.
    private static func checkAttributeValue(_ element: XMLElement) throws(ResponseRejection) {
        var next = element.firstElementChild
        while let child = next {
            next = child.nextElementSibling
            if child.isNamed(self.nameID) {
                try self.check(child)
                continue
            }
            guard !self.readNamespaces.contains(where: child.isInNamespace) else {
                throw self.rejection("elements of other vocabularies", at: child)
            }
            try self.checkAttributeValue(child)
        }
    }

    private static let nameID = XMLName.assertion("NameID")

    /// Namespaces whose elements are looked for in some place.
    private static let readNamespaces = [
        SAMLNamespace.assertion, SAMLNamespace.protocols, SAMLNamespace.signature, SAMLNamespace.encryption,
        SAMLNamespace.encryption11,
    ]

    /// `XMLSecurity` checks the shape of a signature when it verifies it; here it only must not hide anything.
    private static func checkSealed(
        _ element: XMLElement,
        _ namespaces: [String]
    ) throws(ResponseRejection) {
        var next = element.firstElementChild
        while let child = next {
            next = child.nextElementSibling
            guard namespaces.contains(where: child.isInNamespace), !child.isNamed(self.object) else {
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
