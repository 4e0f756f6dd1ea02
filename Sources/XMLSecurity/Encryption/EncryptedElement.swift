/// The one form of an encrypted element that is looked at, read by hand before any key is used.
///
///     EncryptedAssertion, or whatever the container is
///         EncryptedData                    Id, Type = "…xmlenc#Element"
///             EncryptionMethod             on the list, without parameters
///             KeyInfo                      one EncryptedKey, or a RetrievalMethod that names the one below, or left out
///             CipherData
///                 CipherValue
///         EncryptedKey                     Id, Recipient; here when it is not above, and nowhere twice
///             EncryptionMethod             DigestMethod and MGF at most
///             KeyInfo                      X509Data, KeyName, KeyValue: never read
///             CipherData
///                 CipherValue
///             ReferenceList                may be there, with one DataReference to the data above
///
/// So there is one ciphertext and one key, both in the message itself; nothing is looked up, fetched or transformed
/// (`saml-security` E06). Children are found by direct steps only, and their order and number are exact.
package struct EncryptedElement {
    /// The identifier of the content's cipher.
    let method: String
    /// The content's key.
    let key: EncryptedKey
    private let cipherValue: XMLElement

    /// Reads the encrypted element inside a container.
    ///
    /// - Throws: `malformed`.
    package static func read(in container: XMLElement) throws(DecryptionRejection) -> EncryptedElement {
        var siblings = container.childElements[...]
        guard !container.hasCharacterData, let data = siblings.popFirst() else { throw .malformed(.encryptedData) }
        try EncryptionShape.check(data, .encryptedData, attributes: ["Id", "Type"])
        let type = data.attribute("Type")
        guard type == nil || type == XMLNamespace.encryption + "Element" else { throw .malformed(.encryptedData) }
        var children = data.childElements[...]
        guard let method = children.popFirst() else { throw .malformed(.encryptedData) }
        let algorithm = try EncryptionShape.algorithm(of: method, .encryptionMethod)
        guard method.childElements.isEmpty else { throw .malformed(.encryptionMethod) }
        var keyInfo: XMLElement?
        if let child = children.first, child.isNamed(EncryptionPart.keyInfo.name) {
            keyInfo = child
            children.removeFirst()
        }
        guard let cipherData = children.popFirst(), children.isEmpty else { throw .malformed(.encryptedData) }
        return EncryptedElement(
            method: algorithm,
            key: try self.key(keyInfo, siblings: siblings, dataIdentifier: data.attribute("Id")),
            cipherValue: try EncryptionShape.cipherValue(of: cipherData)
        )
    }

    /// The ciphertext.
    func ciphertext() throws(DecryptionRejection) -> [UInt8] {
        try EncryptionShape.octets(of: self.cipherValue)
    }

    /// The one key, inside KeyInfo or beside the data.
    private static func key(
        _ keyInfo: XMLElement?,
        siblings: ArraySlice<XMLElement>,
        dataIdentifier: String?
    ) throws(DecryptionRejection) -> EncryptedKey {
        guard let keyInfo else { return try self.sibling(siblings, dataIdentifier: dataIdentifier) }
        try EncryptionShape.check(keyInfo, .keyInfo, attributes: ["Id"])
        let children = keyInfo.childElements
        guard children.count == 1, let child = children.first else { throw .malformed(.keyInfo) }
        guard child.isNamed(EncryptionPart.retrievalMethod.name) else {
            guard siblings.isEmpty else { throw .malformed(.encryptedKey) }
            return try EncryptedKey.read(child, dataIdentifier: dataIdentifier)
        }
        try EncryptionShape.check(child, .retrievalMethod, attributes: ["Type", "URI"])
        let key = try self.sibling(siblings, dataIdentifier: dataIdentifier)
        let type = child.attribute("Type")
        guard
            child.childElements.isEmpty, type == nil || type == XMLNamespace.encryption + "EncryptedKey",
            let identifier = key.identifier, let uri = child.attribute("URI"),
            uri.utf8.elementsEqual("#\(identifier)".utf8)
        else { throw .malformed(.retrievalMethod) }
        return key
    }

    private static func sibling(
        _ siblings: ArraySlice<XMLElement>,
        dataIdentifier: String?
    ) throws(DecryptionRejection) -> EncryptedKey {
        guard siblings.count == 1, let sibling = siblings.first else { throw .malformed(.encryptedKey) }
        return try EncryptedKey.read(sibling, dataIdentifier: dataIdentifier)
    }
}
