package import SAML
import XMLSecurity

/// Writes a service provider's metadata (saml-metadata 2.4.4), media type `application/samlmetadata+xml`.
package enum SPMetadataWriter {
    /// The media type of the document.
    package static let mediaType = "application/samlmetadata+xml"

    /// Writes one EntityDescriptor with one assertion consumer service by HTTP-POST.
    ///
    /// It asks for signed assertions, the form that every identity provider can send, and says that requests are not
    /// signed.
    package static func write(_ metadata: SPMetadata) -> [UInt8] {
        var writer = XMLWriter()
        writer.element(
            "md:EntityDescriptor",
            ["xmlns:md": SAMLNamespace.metadata, "entityID": metadata.entityID.value]
        ) { writer in
            writer.element(
                "md:SPSSODescriptor",
                [
                    "AuthnRequestsSigned": "false",
                    "WantAssertionsSigned": "true",
                    "protocolSupportEnumeration": SAMLNamespace.protocols,
                ]
            ) { writer in
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
}
