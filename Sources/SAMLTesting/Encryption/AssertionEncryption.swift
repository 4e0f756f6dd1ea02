package import XMLSecurity

/// How an identity provider encrypts an assertion: in every form that is accepted, and in some that are not.
///
/// Defects of the ciphertext are made here, before a Response around it is signed.
package struct AssertionEncryption: Sendable {
    /// The service provider's certificate, which anybody may have.
    package var recipient: SigningCertificate
    /// The content's cipher.
    package var content: ContentCipher
    /// How the content's key is encrypted.
    package var transport: KeyTransport
    /// Where the content's key stands.
    package var placement: Placement
    /// What is encrypted instead of the assertion, for example because it is forged.
    package var plaintext: [UInt8]?
    /// Changes the content's octets, nonce and tag among them.
    package var alterContent: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    /// Changes the octets of the encrypted key.
    package var alterKey: @Sendable ([UInt8]) -> [UInt8] = { $0 }
    private var edits: [TextEdit] = []
    private var plaintextEdits: [TextEdit] = []

    /// Where the content's key stands.
    package enum Placement: Hashable, Sendable, CaseIterable {
        /// Inside the data's KeyInfo, as ADFS and SimpleSAMLphp write it.
        case keyInfo
        /// Beside the data, named by a RetrievalMethod and naming the data, as Okta writes it.
        case retrievalMethod
        /// Beside the data, which has no KeyInfo.
        case sibling
    }

    /// Makes options; by default what an identity provider chooses that reads our metadata.
    package init(
        for recipient: SigningCertificate,
        content: ContentCipher = .aes256GCM,
        transport: KeyTransport = .oaepMGF1P(digest: .sha1),
        placement: Placement = .keyInfo
    ) {
        self.recipient = recipient
        self.content = content
        self.transport = transport
        self.placement = placement
    }

    /// Replaces text of the encrypted element; a text that is not there fails the test that asked for it.
    package mutating func replace(_ text: String, with replacement: String) {
        self.edits.append(TextEdit(text: text, replacement: replacement))
    }

    /// Replaces text of the assertion after it was signed and before it is encrypted.
    package mutating func replaceInPlaintext(_ text: String, with replacement: String) {
        self.plaintextEdits.append(TextEdit(text: text, replacement: replacement))
    }

    /// The EncryptedAssertion for an assertion.
    package func encrypt(_ assertion: String) throws(SAMLTestingFailure) -> String {
        var text = assertion
        for edit in self.plaintextEdits {
            text = try edit.apply(to: text)
        }
        let key = try RandomOctets.make(count: self.content.keyByteCount)
        let content = try self.content.encrypt(self.plaintext ?? Array(text.utf8), key: key)
        var xml = EncryptedAssertionWriter(
            content: self.alterContent(content),
            key: self.alterKey(try self.transport.encrypt(key, to: self.recipient)),
            options: self
        )
        .write()
        for edit in self.edits {
            xml = try edit.apply(to: xml)
        }
        return xml
    }

    /// Encrypts what stands from the first assertion's start tag to the last one's end tag: anybody can, to a public
    /// certificate.
    ///
    /// - Parameter message: A message of the test identity provider's, or what was made of one.
    /// - Returns: The message with the EncryptedAssertion in their place; nil where there is no assertion.
    /// - Throws: What ``encrypt(_:)`` throws.
    package func encryptAssertions(in message: String) throws(SAMLTestingFailure) -> String? {
        guard let start = message.firstRange(of: "<saml:Assertion ")?.lowerBound,
            let end = message.ranges(of: "</saml:Assertion>").last?.upperBound, start < end
        else { return nil }
        let encrypted = try self.encrypt(String(message[start..<end]))
        return "\(message[..<start])\(encrypted)\(message[end...])"
    }
}
