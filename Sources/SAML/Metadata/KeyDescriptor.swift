/// A public key of a service provider and what it is for (saml-metadata 2.4.1.1).
package struct KeyDescriptor: Hashable, Sendable {
    /// What a key is for.
    package enum Use: String, Hashable, Sendable, CaseIterable {
        /// The service provider signs with it.
        case signing
        /// Identity providers encrypt with it.
        case encryption
    }

    /// What the key is for.
    package let use: Use
    /// The certificate that holds the key, in DER.
    package let certificate: [UInt8]

    /// Makes a description of a key.
    package init(use: Use, certificate: [UInt8]) {
        self.use = use
        self.certificate = certificate
    }
}
