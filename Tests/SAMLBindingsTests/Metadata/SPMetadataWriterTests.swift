import SAML
import SAMLBindings
import SAMLTesting
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

    @Test
    func describesTheKeysInTheirOrder() throws {
        let identities = try [SigningKey.Kind.p256, .rsa(bits: 2048)].map { try TestIdentityProvider(key: $0) }
        let certificates = identities.map(\.certificate)
        let metadata = SPMetadata(
            entityID: try #require(EntityID("portico")),
            assertionConsumerService: "https://gateway.example/acs",
            keys: [
                KeyDescriptor(use: .signing, certificate: certificates[0].der),
                KeyDescriptor(use: .signing, certificate: certificates[1].der),
                KeyDescriptor(use: .encryption, certificate: certificates[1].der),
                KeyDescriptor(use: .encryption, certificate: certificates[0].der),
            ],
            authnRequestsSigned: true,
            wantAssertionsSigned: false
        )
        let root = try XMLDocument.parse(SPMetadataWriter.write(metadata)).root
        let descriptor = try #require(root.childElements.first)
        #expect(descriptor.attribute("AuthnRequestsSigned") == "true")
        #expect(descriptor.attribute("WantAssertionsSigned") == "false")
        #expect(
            descriptor.childElements.map(\.name.localName)
                == Array(repeating: "KeyDescriptor", count: 4) + ["AssertionConsumerService"]
        )
        let keys = descriptor.childElements.prefix(4)
        #expect(keys.map { $0.attribute("use") } == ["signing", "signing", "encryption", "encryption"])
        let texts = try keys.map { key in
            let data = try #require(key.childElements.first?.childElements.first)
            #expect(data.isNamed(XMLName("http://www.w3.org/2000/09/xmldsig#", "X509Data")))
            return try #require(data.childElements.first).text()
        }
        #expect(
            try texts.map { try SigningCertificate.parse($0) }
                == [certificates[0], certificates[1], certificates[1], certificates[0]].map { [$0] }
        )
        #expect(keys.map { $0.childElements.count } == [1, 1, 5, 5])
        #expect(
            keys[2].childElements[1].attribute("Algorithm") == "http://www.w3.org/2009/xmlenc11#aes256-gcm"
        )
    }

    @Test
    func offersSingleLogoutByBothBindings() throws {
        let metadata = SPMetadata(
            entityID: try #require(EntityID("portico")),
            assertionConsumerService: "https://gateway.example/acs",
            singleLogoutService: "https://gateway.example/slo?a=1&b=2"
        )
        let root = try XMLDocument.parse(SPMetadataWriter.write(metadata)).root
        let services = try #require(root.childElements.first).childElements
        #expect(
            services.map(\.name.localName)
                == ["SingleLogoutService", "SingleLogoutService", "AssertionConsumerService"]
        )
        #expect(services.prefix(2).allSatisfy { $0.attribute("Location") == metadata.singleLogoutService })
        #expect(
            services.prefix(2).map { $0.attribute("Binding") }
                == ["HTTP-Redirect", "HTTP-POST"].map { "urn:oasis:names:tc:SAML:2.0:bindings:" + $0 }
        )
    }
}
