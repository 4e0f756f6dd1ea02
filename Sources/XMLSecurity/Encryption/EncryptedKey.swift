/// The content's key as it was sent, read by hand; see ``EncryptedElement`` for what is allowed.
struct EncryptedKey {
    /// The identifier of the method.
    let method: String
    /// The identifier of OAEP's digest, nil when none is named.
    let digest: String?
    /// The identifier of OAEP's mask generation, nil when none is named.
    let maskGenerationFunction: String?
    /// What a RetrievalMethod names.
    let identifier: String?
    private let cipherValue: XMLElement

    /// Reads an EncryptedKey for data with this identifier.
    static func read(_ element: XMLElement, dataIdentifier: String?) throws(DecryptionRejection) -> EncryptedKey {
        try EncryptionShape.check(element, .encryptedKey, attributes: ["Id", "Recipient"])
        var children = element.childElements[...]
        guard let method = children.popFirst() else { throw .malformed(.encryptedKey) }
        let algorithm = try EncryptionShape.algorithm(of: method, .encryptionMethod)
        let parameters = try self.parameters(of: method)
        if let keyInfo = children.first, keyInfo.isNamed(EncryptionPart.keyInfo.name) {
            try self.checkHint(keyInfo)
            children.removeFirst()
        }
        guard let data = children.popFirst() else { throw .malformed(.encryptedKey) }
        let cipherValue = try EncryptionShape.cipherValue(of: data)
        if let list = children.popFirst() {
            try self.checkReferences(list, dataIdentifier: dataIdentifier)
        }
        guard children.isEmpty else { throw .malformed(.encryptedKey) }
        return EncryptedKey(
            method: algorithm,
            digest: parameters.digest,
            maskGenerationFunction: parameters.function,
            identifier: element.attribute("Id"),
            cipherValue: cipherValue
        )
    }

    /// The ciphertext.
    func ciphertext() throws(DecryptionRejection) -> [UInt8] {
        try EncryptionShape.octets(of: self.cipherValue)
    }

    private static func parameters(
        of method: XMLElement
    ) throws(DecryptionRejection) -> (digest: String?, function: String?) {
        var digest: String?
        var function: String?
        for child in method.childElements {
            switch child.name {
            case EncryptionPart.digestMethod.name where digest == nil:
                digest = try EncryptionShape.algorithm(of: child, .digestMethod)
                guard child.childElements.isEmpty else { throw .malformed(.digestMethod) }
            case EncryptionPart.maskGenerationFunction.name where function == nil:
                function = try EncryptionShape.algorithm(of: child, .maskGenerationFunction)
                guard child.childElements.isEmpty else { throw .malformed(.maskGenerationFunction) }
            case _: throw .malformed(.encryptionMethod)
            }
        }
        return (digest, function)
    }

    /// What the sender says of our key is never read, so that it only must not hide another key or reference.
    private static func checkHint(_ keyInfo: XMLElement) throws(DecryptionRejection) {
        let names = ["X509Data", "KeyName", "KeyValue"].map { XMLName(XMLNamespace.signature, $0) }
        guard keyInfo.childElements.allSatisfy({ names.contains($0.name) }), self.isSignatureOnly(keyInfo) else {
            throw .malformed(.keyInfo)
        }
    }

    private static func isSignatureOnly(_ element: XMLElement) -> Bool {
        element.childElements.allSatisfy {
            $0.name.namespaceURI == XMLNamespace.signature && $0.name != EncryptionPart.retrievalMethod.name
                && self.isSignatureOnly($0)
        }
    }

    private static func checkReferences(_ list: XMLElement, dataIdentifier: String?) throws(DecryptionRejection) {
        try EncryptionShape.check(list, .referenceList, attributes: [])
        let references = list.childElements
        guard references.count == 1, let reference = references.first else { throw .malformed(.referenceList) }
        try EncryptionShape.check(reference, .dataReference, attributes: ["URI"])
        guard
            reference.childElements.isEmpty, let dataIdentifier,
            let uri = reference.attribute("URI"), uri.utf8.elementsEqual("#\(dataIdentifier)".utf8)
        else { throw .malformed(.dataReference) }
    }
}
