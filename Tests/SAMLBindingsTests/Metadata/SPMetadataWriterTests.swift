import SAML
import SAMLBindings
import Testing
import XMLSecurity

@Suite("SP metadata")
struct SPMetadataWriterTests {
    @Test
    func describesOneAssertionConsumerService() throws {
        let metadata = SPMetadata(
            entityID: try #require(EntityID("https://gateway.example/<\"&>")),
            assertionConsumerService: "https://gateway.example/.portico/saml/acs?a=1&b=2"
        )
        let root = try XMLDocument.parse(SPMetadataWriter.write(metadata)).root
        let namespace = "urn:oasis:names:tc:SAML:2.0:metadata"
        #expect(root.isNamed(XMLName(namespace, "EntityDescriptor")))
        #expect(root.attribute("entityID") == metadata.entityID.value)
        let descriptor = try #require(root.firstChild(named: XMLName(namespace, "SPSSODescriptor")))
        #expect(descriptor.attribute("protocolSupportEnumeration") == "urn:oasis:names:tc:SAML:2.0:protocol")
        #expect(descriptor.attribute("WantAssertionsSigned") == "true")
        #expect(descriptor.attribute("AuthnRequestsSigned") == "false")
        let service = try #require(descriptor.firstChild(named: XMLName(namespace, "AssertionConsumerService")))
        #expect(service.attribute("Binding") == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST")
        #expect(service.attribute("Location") == metadata.assertionConsumerService)
        #expect(service.attribute("index") == "0")
        #expect(service.attribute("isDefault") == "true")
        #expect(root.childElements.count == 1)
        #expect(descriptor.childElements.count == 1)
    }
}
