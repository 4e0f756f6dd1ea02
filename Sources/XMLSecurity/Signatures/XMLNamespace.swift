/// The namespaces of XML Signature and XML Encryption.
enum XMLNamespace {
    /// XML Signature, and the prefix of its older algorithm identifiers.
    static let signature = "http://www.w3.org/2000/09/xmldsig#"
    /// Exclusive canonicalization without comments: a namespace and an algorithm at once.
    static let exclusiveCanonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
    /// The transform that leaves the signature out of what is signed.
    static let envelopedSignature = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    /// XML Encryption, and the prefix of its older algorithm identifiers.
    static let encryption = "http://www.w3.org/2001/04/xmlenc#"
    /// XML Encryption 1.1.
    static let encryption11 = "http://www.w3.org/2009/xmlenc11#"
}
