import XMLSecurity

/// The namespaces that messages and metadata are made of.
enum SAMLNamespace {
    static let assertion = "urn:oasis:names:tc:SAML:2.0:assertion"
    static let protocols = "urn:oasis:names:tc:SAML:2.0:protocol"
    static let metadata = "urn:oasis:names:tc:SAML:2.0:metadata"
    static let signature = "http://www.w3.org/2000/09/xmldsig#"
    static let signature11 = "http://www.w3.org/2009/xmldsig11#"
    static let exclusiveCanonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
    static let encryption = "http://www.w3.org/2001/04/xmlenc#"
    static let encryption11 = "http://www.w3.org/2009/xmlenc11#"
    static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
    static let xml = "http://www.w3.org/XML/1998/namespace"
}

extension XMLName {
    /// A name of saml-core's assertion schema.
    static func assertion(_ localName: String) -> XMLName { XMLName(SAMLNamespace.assertion, localName) }

    /// A name of saml-core's protocol schema.
    static func protocols(_ localName: String) -> XMLName { XMLName(SAMLNamespace.protocols, localName) }

    /// A name of saml-metadata's schema.
    static func metadata(_ localName: String) -> XMLName { XMLName(SAMLNamespace.metadata, localName) }

    /// A name of XML Signature.
    static func signature(_ localName: String) -> XMLName { XMLName(SAMLNamespace.signature, localName) }
}
