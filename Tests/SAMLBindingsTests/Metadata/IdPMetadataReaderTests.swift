import Foundation
import SAML
import SAMLBindings
import Testing
import XMLSecurity

@Suite("IdP metadata")
struct IdPMetadataReaderTests {
    private static func read(_ document: String, entityID: String? = nil) throws -> IdPMetadata {
        try IdPMetadataReader.read(
            Array(document.utf8),
            entityID: entityID.flatMap { EntityID($0) },
            now: MetadataSample.now
        )
    }

    @Test
    func readsTheRole() throws {
        let sample = try MetadataSample()
        let metadata = try Self.read(sample.document)
        #expect(metadata.entityID.value == "https://idp.example/metadata")
        #expect(
            metadata.signInServices == [
                MetadataEndpoint(binding: .httpPOST, location: "https://idp.example/sso/post"),
                MetadataEndpoint(binding: .httpRedirect, location: "https://idp.example/sso"),
            ]
        )
        #expect(metadata.signInURL(by: .httpRedirect) == "https://idp.example/sso")
        #expect(metadata.logoutServices.map(\.responseLocation) == ["https://idp.example/slo-response"])
        #expect(metadata.signingCertificates == [sample.first.der])
        #expect(!metadata.wantsSignedRequests)
        #expect(metadata.nameIDFormats == ["urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"])
        #expect(metadata.validUntil == nil)
        #expect(metadata.cacheDuration == nil)
    }

    @Test(arguments: MetadataDefect.all)
    func refuses(_ defect: MetadataDefect) throws {
        let document = try defect.document(MetadataSample())
        #expect(throws: defect.rejection) { try Self.read(document) }
        #expect(defect.rejection.description.hasSuffix("."))
    }

    @Test
    func takesEveryKeyThatSignsAndNoOther() throws {
        let sample = try MetadataSample()
        let keys =
            sample.key(sample.foreign, use: "encryption") + sample.key(sample.second)
            + sample.key(sample.first, use: nil) + sample.key(sample.second)
        let document = sample.document.replacing(sample.key(sample.first), with: keys)
        #expect(try Self.read(document).signingCertificates == [sample.second.der, sample.first.der])
    }

    @Test
    func ignoresOtherRolesAndTheirKeys() throws {
        let sample = try MetadataSample()
        let attributes = """
            <md:AttributeAuthorityDescriptor protocolSupportEnumeration="\(MetadataSample.protocols)">
            \(sample.key(sample.foreign))
            <md:AttributeService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://foreign.example"/>
            </md:AttributeAuthorityDescriptor>
            """
        let federation = """
            <md:RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="urn:fed" \
            xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="urn:fed">\(sample.key(sample.foreign))\
            <fed:PassiveRequestorEndpoint><a xmlns="urn:a">https://foreign.example</a></fed:PassiveRequestorEndpoint>\
            </md:RoleDescriptor>
            """
        let document = sample.document.replacing(
            sample.role,
            with: federation + sample.serviceProviderRole + sample.role + attributes
        )
        #expect(try Self.read(document) == Self.read(sample.document))
    }

    @Test
    func looksIntoNoExtensionAndNoSignature() throws {
        let sample = try MetadataSample()
        let hidden = "<md:Extensions>\(sample.key(sample.foreign))\(sample.role)</md:Extensions>"
        let signature = "<ds:Signature><ds:KeyInfo>\(sample.key(sample.foreign))</ds:KeyInfo></ds:Signature>"
        let document = sample.document
            .replacing("<md:KeyDescriptor", with: hidden + "<md:KeyDescriptor")
            .replacing("example/metadata\">", with: "example/metadata\">" + signature)
        #expect(document != sample.document)
        #expect(try Self.read(document).signingCertificates == [sample.first.der])
        #expect(try Self.read(document).signInServices.count == 2)
    }

    @Test
    func dropsComments() throws {
        let sample = try MetadataSample()
        let commented = sample.document
            .replacing("<md:KeyDescriptor", with: "<!-- <md:KeyDescriptor> -->\n<md:KeyDescriptor")
            .replacing("emailAddress<", with: "email<!-- x -->Address<")
        #expect(try Self.read("<!-- a -->" + sample.document.drop { $0 != "\n" }) == Self.read(sample.document))
        #expect(try Self.read(commented) == Self.read(sample.document))
    }

    @Test
    func wantsANameForAListAndTakesNoOtherEntity() throws {
        let sample = try MetadataSample()
        let other = sample.entity("urn:b").replacing(sample.key(sample.first), with: sample.key(sample.second))
        let inner = "<md:EntitiesDescriptor>\(other)</md:EntitiesDescriptor>"
        let list = sample.list(sample.entity("urn:a"), inner)
        #expect(try Self.read(list, entityID: "urn:a").signingCertificates == [sample.first.der])
        #expect(try Self.read(list, entityID: "urn:b").signingCertificates == [sample.second.der])
        let names = ["urn:a", "urn:b"].compactMap { EntityID($0) }
        let absent = try #require(EntityID("urn:A"))
        #expect(throws: MetadataRejection.entityNotFound(absent, among: names)) {
            try Self.read(list, entityID: "urn:A")
        }
        #expect(throws: MetadataRejection.entityRepeated) {
            try Self.read(sample.list(sample.entity("urn:a"), sample.entity("urn:a")), entityID: "urn:a")
        }
        #expect(throws: MetadataRejection.entityNotFound(absent, among: [try #require(EntityID("urn:a"))])) {
            try Self.read(sample.entity("urn:a", namespaces: MetadataSample.namespaces), entityID: "urn:A")
        }
    }

    @Test
    func takesTheLeastOfAllLifetimes() throws {
        let sample = try MetadataSample()
        let soon = MetadataSample.now + 60
        let late = MetadataSample.now + 86_400
        let entity = sample.entity("urn:a")
            .replacing(
                "entityID=",
                with: "validUntil=\"\(SAMLInstant.format(late))\" cacheDuration=\"PT6H\" entityID="
            )
            .replacing("WantAuthn", with: "cacheDuration=\"P1D\" WantAuthn")
        let list = sample.list(entity)
            .replacing(
                "<md:EntitiesDescriptor ",
                with: "<md:EntitiesDescriptor validUntil=\"\(SAMLInstant.format(soon))\" "
            )
        let metadata = try Self.read(list, entityID: "urn:a")
        #expect(metadata.validUntil == soon)
        #expect(metadata.cacheDuration == .seconds(6 * 3600))
    }

    @Test(arguments: [("true", true), ("1", true), ("0", false)])
    func readsWhetherRequestsMustBeSigned(_ text: String, wanted: Bool) throws {
        let document = try MetadataSample().document.replacing("\"false\"", with: "\"\(text)\"")
        #expect(try Self.read(document).wantsSignedRequests == wanted)
    }

    @Test
    func acceptsAByteOrderMarkAndSeveralProtocols() throws {
        let sample = try MetadataSample()
        let document = sample.document.replacing(
            "\"\(MetadataSample.protocols)\"",
            with: "\"urn:oasis:names:tc:SAML:1.1:protocol\n \(MetadataSample.protocols)\""
        )
        #expect(try Self.read("\u{FEFF}" + document) == Self.read(sample.document))
    }

    @Test
    func readsAListOfHundreds() throws {
        let sample = try MetadataSample()
        let entities = (0..<500).map { sample.entity("urn:idp:\($0)") }.joined()
        let metadata = try Self.read(sample.list(entities), entityID: "urn:idp:499")
        #expect(metadata.entityID.value == "urn:idp:499")
    }
}
