package import SAML
import XMLSecurity

/// Writes a service provider's metadata (saml-metadata 2.4.4), media type `application/samlmetadata+xml`.
package enum SPMetadataWriter {
    /// The media type of the document.
    package static let mediaType = "application/samlmetadata+xml"

    /// Writes one EntityDescriptor with its keys, one assertion consumer service by HTTP-POST, and single logout if there is any.
    package static func write(_ metadata: SPMetadata) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(
            "md:EntityDescriptor",
            ["xmlns:md": SAMLNamespace.metadata, "entityID": metadata.entityID.value]
        ) { writer in
            writer.element(
                "md:SPSSODescriptor",
                [
                    "AuthnRequestsSigned": metadata.authnRequestsSigned ? "true" : "false",
                    "WantAssertionsSigned": metadata.wantAssertionsSigned ? "true" : "false",
                    "protocolSupportEnumeration": SAMLNamespace.protocols,
                ]
            ) { writer in
                for key in metadata.keys {
                    self.write(key, to: &writer)
                }
                if let location = metadata.singleLogoutService {
                    for binding in ["HTTP-Redirect", "HTTP-POST"] {
                        writer.element(
                            "md:SingleLogoutService",
                            ["Binding": "urn:oasis:names:tc:SAML:2.0:bindings:" + binding, "Location": location]
                        )
                    }
                }
                writer.element(
                    "md:AssertionConsumerService",
                    [
                        "Binding": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
                        "Location": metadata.assertionConsumerService,
                        "index": "0",
                        "isDefault": "true",
                    ]
                )
            }
        }
        return writer.bytes
    }

    private static func write(_ key: KeyDescriptor, to writer: inout XMLWriter) {
        writer.element("md:KeyDescriptor", ["use": key.use.rawValue]) { writer in
            writer.element("ds:KeyInfo", ["xmlns:ds": SAMLNamespace.signature]) { writer in
                writer.element("ds:X509Data") { writer in
                    writer.element("ds:X509Certificate") { $0.text(StrictBase64.encode(key.certificate)) }
                }
            }
            switch key.use {
            case .signing: break
            case .encryption:
                for algorithm in Self.encryptionMethods {
                    writer.element("md:EncryptionMethod", ["Algorithm": algorithm])
                }
            }
        }
    }

    /// What an identity provider shall choose from, best first: without this, many choose AES-CBC, which is accepted only
    /// inside a signed Response.
    private static let encryptionMethods = [
        "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        "http://www.w3.org/2009/xmlenc11#aes192-gcm",
        "http://www.w3.org/2009/xmlenc11#aes128-gcm",
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    ]
}
