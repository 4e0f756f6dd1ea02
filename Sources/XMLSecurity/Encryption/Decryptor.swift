/// Decrypts an element that was encrypted to the service provider.
///
/// The steps, each of which must pass (`saml-security` 1.5):
///
/// 1. The encrypted element has the one allowed form (``EncryptedElement``), and its algorithms are on the list.
/// 2. AES-CBC, which anybody can alter unseen, is decrypted only from bytes that a signature covers.
/// 3. RSA-OAEP gives the content's key under one of the keys, tried in order; the content's cipher gives the plaintext.
/// 4. The plaintext is parsed strictly as a document of its own, never put back into the message.
///
/// OpenSSL does step 3. xmlsec1 could do all four, and would follow references, run transforms and change the tree.
package struct Decryptor: Sendable {
    /// The most keys that a decryption tries: the one in use and the one that follows it.
    package static let maximumKeys = 2

    private let keys: [DecryptionKey]

    /// Makes a decryptor; without keys it refuses everything.
    package init(keys: [DecryptionKey]) {
        self.keys = keys
    }

    /// Decrypts what stands in a container of a message that nobody has verified.
    ///
    /// - Returns: The element, whose own signature has to be verified.
    package func decrypt(_ container: XMLElement) throws(DecryptionRejection) -> DecryptedElement {
        let (root, isProtected) = try self.decrypt(container, isCovered: false)
        return DecryptedElement(element: root, verified: nil, isProtected: isProtected)
    }

    /// Decrypts what stands in a container directly inside a verified element: its signature covers the ciphertext.
    package func decrypt(
        _ containerName: XMLName,
        inside verified: VerifiedElement
    ) throws(DecryptionRejection) -> DecryptedElement {
        guard let container = verified.element.firstChild(named: containerName) else {
            throw .malformed(.encryptedData)
        }
        let (root, isProtected) = try self.decrypt(container, isCovered: true)
        return DecryptedElement(
            element: root,
            verified: VerifiedElement(decrypted: root, from: verified),
            isProtected: isProtected
        )
    }

    private func decrypt(
        _ container: XMLElement,
        isCovered: Bool
    ) throws(DecryptionRejection) -> (XMLElement, isProtected: Bool) {
        let encrypted = try EncryptedElement.read(in: container)
        guard let algorithm = ContentAlgorithm(rawValue: encrypted.method) else {
            throw .algorithmRefused(String(encrypted.method.prefix(256)))
        }
        let transport = try KeyTransport(encrypted.key)
        guard algorithm.protectsContent || isCovered else {
            throw .contentUnprotected(algorithm.rawValue)
        }
        let encryptedKey = try encrypted.key.ciphertext()
        let ciphertext = try encrypted.ciphertext()
        guard !self.keys.isEmpty else { throw .noKey }
        guard self.keys.count <= Self.maximumKeys else { throw .tooManyKeys }
        guard CryptographyLibraries.start() else { throw .failed }
        defer { CryptographyLibraries.forgetErrors() }
        guard
            let key = self.contentKey(encryptedKey, transport, count: algorithm.keyByteCount),
            let plaintext = ContentCipher(algorithm: algorithm, key: key).decrypt(ciphertext)
        else { throw .failed }
        do throws(XMLRejection) {
            let root = try XMLDocument.parse(plaintext, limits: .samlPlaintext).root
            return (root, algorithm.protectsContent)
        } catch {
            throw algorithm.protectsContent ? .plaintextRefused(error) : .failed
        }
    }

    private func contentKey(_ encryptedKey: [UInt8], _ transport: KeyTransport, count: Int) -> [UInt8]? {
        for key in self.keys where key.byteCount == encryptedKey.count {
            guard let contentKey = transport.decrypt(encryptedKey, with: key), contentKey.count == count else {
                continue
            }
            return contentKey
        }
        return nil
    }
}
