/// An element of encrypted XML, by its name in XML Encryption.
package enum EncryptionPart: String, Hashable, Sendable {
    /// What is encrypted, with the content's key.
    case encryptedData = "EncryptedData"
    /// The content's key, encrypted to the service provider.
    case encryptedKey = "EncryptedKey"
    /// How the content or its key is encrypted.
    case encryptionMethod = "EncryptionMethod"
    /// The digest of OAEP.
    case digestMethod = "DigestMethod"
    /// The mask generation function of OAEP.
    case maskGenerationFunction = "MGF"
    /// Where the key is.
    case keyInfo = "KeyInfo"
    /// A reference to an encrypted key that stands beside the data.
    case retrievalMethod = "RetrievalMethod"
    /// What holds a ciphertext.
    case cipherData = "CipherData"
    /// A ciphertext in base64.
    case cipherValue = "CipherValue"
    /// What an encrypted key is for.
    case referenceList = "ReferenceList"
    /// A reference to the encrypted data.
    case dataReference = "DataReference"

    /// The expanded name.
    var name: XMLName {
        switch self {
        case .encryptedData, .encryptedKey, .encryptionMethod, .cipherData, .cipherValue, .referenceList,
            .dataReference:
            XMLName(XMLNamespace.encryption, self.rawValue)
        case .maskGenerationFunction: XMLName(XMLNamespace.encryption11, self.rawValue)
        case .digestMethod, .keyInfo, .retrievalMethod: XMLName(XMLNamespace.signature, self.rawValue)
        }
    }
}
