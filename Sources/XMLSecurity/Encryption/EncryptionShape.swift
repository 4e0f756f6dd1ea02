/// Steps that the parts of an encrypted element share.
enum EncryptionShape {
    /// An element of this name, with no other attributes and without text.
    static func check(
        _ element: XMLElement,
        _ part: EncryptionPart,
        attributes: [String]
    ) throws(DecryptionRejection) {
        guard
            element.isNamed(part.name), !element.hasCharacterData,
            element.attributes.allSatisfy({ $0.name.namespaceURI.isEmpty && attributes.contains($0.name.localName) })
        else { throw .malformed(part) }
    }

    /// The `Algorithm` of an element that has no other attribute and no text.
    static func algorithm(of element: XMLElement, _ part: EncryptionPart) throws(DecryptionRejection) -> String {
        try self.check(element, part, attributes: ["Algorithm"])
        guard let algorithm = element.attribute("Algorithm") else { throw .malformed(part) }
        return algorithm
    }

    /// The value inside CipherData; a CipherReference would be fetched (`saml-security` E06).
    static func cipherValue(of data: XMLElement) throws(DecryptionRejection) -> XMLElement {
        try self.check(data, .cipherData, attributes: [])
        let children = data.childElements
        guard children.count == 1, let value = children.first, value.isNamed(EncryptionPart.cipherValue.name) else {
            throw .malformed(.cipherData)
        }
        guard value.attributes.isEmpty, value.childElements.isEmpty else { throw .malformed(.cipherValue) }
        return value
    }

    /// The octets of a CipherValue.
    static func octets(of value: XMLElement) throws(DecryptionRejection) -> [UInt8] {
        guard let text = try? value.text(), let octets = StrictBase64.decode(text), !octets.isEmpty else {
            throw .malformed(.cipherValue)
        }
        return octets
    }
}
