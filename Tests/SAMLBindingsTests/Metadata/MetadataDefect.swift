import Foundation
import SAML
import SAMLBindings
import Testing
import XMLSecurity

/// One thing that is wrong with otherwise good metadata, and what is said of it.
struct MetadataDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let rejection: MetadataRejection
    let document: @Sendable (MetadataSample) throws -> String

    private init(
        _ testDescription: String,
        _ rejection: MetadataRejection,
        _ document: @escaping @Sendable (MetadataSample) throws -> String
    ) {
        self.testDescription = testDescription
        self.rejection = rejection
        self.document = document
    }

    /// The good document with one text in place of another, which must be there.
    private init(_ testDescription: String, _ rejection: MetadataRejection, _ text: String, with replacement: String) {
        self.init(testDescription, rejection) { sample in
            try #require(sample.document.contains(text))
            return sample.document.replacing(text, with: replacement)
        }
    }

    static let all = Self.otherThings + Self.entities + Self.roles + Self.keys + Self.services

    private static let otherThings = [
        MetadataDefect("nothing", .xml(.empty)) { _ in "" },
        MetadataDefect("a certificate in PEM", .certificateInstead) { $0.first.pem },
        MetadataDefect("a certificate in base64", .certificateInstead) {
            $0.first.pem.split(separator: "\n").dropFirst().dropLast().joined()
        },
        MetadataDefect("a private key", .certificateInstead) { _ in "-----BEGIN PRIVATE KEY-----\nAAAA\n" },
        MetadataDefect("a web page", .webPageInstead) { _ in "<!DOCTYPE html><html><body>Sign in</body></html>" },
        MetadataDefect("a web page as XML", .webPageInstead) { _ in
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>"
        },
        MetadataDefect("JSON", .jsonInstead) { _ in "{\"issuer\": \"https://idp.example\"}" },
        MetadataDefect("other XML", .notMetadata) { _ in "<rss version=\"2.0\"/>" },
        MetadataDefect("an entity in no namespace", .notMetadata) { _ in "<EntityDescriptor entityID=\"urn:idp\"/>" },
        MetadataDefect("another element of metadata", .notMetadata) { _ in
            "<md:Extensions \(MetadataSample.namespaces)/>"
        },
        MetadataDefect("a response", .messageInstead) { _ in
            "<p:Response xmlns:p=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\"/>"
        },
        MetadataDefect("an assertion", .messageInstead) { _ in
            "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_1\"/>"
        },
        MetadataDefect(
            "a document type",
            .xml(.forbiddenMarkup),
            "<md:Entity",
            with: "<!DOCTYPE a [<!ENTITY b 'c'>]><md:Entity"
        ),
        MetadataDefect(
            "a processing instruction",
            .xml(.processingInstruction),
            "<md:Entity",
            with: "<?x y?><md:Entity"
        ),
        MetadataDefect("another encoding", .xml(.notUTF8), "UTF-8", with: "ISO-8859-1"),
        MetadataDefect("a document that ends early", .xml(.malformed), "</md:EntityDescriptor>", with: ""),
        MetadataDefect(
            "an undeclared prefix",
            .xml(.namespaceMalformed),
            "<md:NameIDFormat>",
            with: "<x:a/><md:NameIDFormat>"
        ),
        MetadataDefect("more than a mebibyte", .xml(.tooLarge)) {
            $0.document + String(repeating: " ", count: 1024 * 1024)
        },
        MetadataDefect(
            "too many elements",
            .xml(.tooManyElements),
            "<md:NameIDFormat>",
            with: String(repeating: "<md:a/>", count: 16_384) + "<md:NameIDFormat>"
        ),
    ]

    private static let entities = [
        MetadataDefect("no entity ID", .malformed("entityID"), "entityID=", with: "entity="),
        MetadataDefect("an empty entity ID", .malformed("entityID"), "https://idp.example/metadata", with: ""),
        MetadataDefect("two identity providers", .severalEntities(Self.names("urn:a", "urn:b"))) {
            $0.list($0.entity("urn:a"), $0.entity("urn:b"))
        },
        MetadataDefect("a list of one", .severalEntities(Self.names("urn:a"))) { $0.list($0.entity("urn:a")) },
        MetadataDefect("an empty list", .severalEntities([])) { $0.list() },
        MetadataDefect(
            "a date that is past",
            .expired(MetadataSample.now),
            "entityID=",
            with: "validUntil=\"\(SAMLInstant.format(MetadataSample.now))\" entityID="
        ),
        MetadataDefect(
            "a role whose date is past",
            .expired(MetadataSample.now),
            "WantAuthn",
            with: "validUntil=\"\(SAMLInstant.format(MetadataSample.now))\" WantAuthn"
        ),
        MetadataDefect(
            "a date without zone",
            .malformed("validUntil"),
            "entityID=",
            with: "validUntil=\"2030-01-01T00:00:00\" entityID="
        ),
        MetadataDefect(
            "a length of time in words",
            .malformed("cacheDuration"),
            "entityID=",
            with: "cacheDuration=\"24h\" entityID="
        ),
    ]

    private static let roles = [
        MetadataDefect("a service provider", .serviceProvider) {
            $0.document.replacing($0.role, with: $0.serviceProviderRole)
        },
        MetadataDefect("no role", .noIdentityProvider) { $0.document.replacing($0.role, with: "") },
        MetadataDefect("a role inside an extension", .noIdentityProvider) {
            $0.document.replacing($0.role, with: "<md:Extensions>\($0.role)</md:Extensions>")
        },
        MetadataDefect(
            "a role of another namespace",
            .noIdentityProvider,
            "md:IDPSSODescriptor",
            with: "ds:IDPSSODescriptor"
        ),
        MetadataDefect(
            "SAML 1.1",
            .otherProtocol,
            MetadataSample.protocols,
            with: "urn:oasis:names:tc:SAML:1.1:protocol"
        ),
        MetadataDefect("no protocol", .otherProtocol, "protocolSupportEnumeration=", with: "x="),
        MetadataDefect("two roles", .severalRoles) { $0.document.replacing($0.role, with: $0.role + $0.role) },
        MetadataDefect("a flag that is none", .malformed("WantAuthnRequestsSigned"), "\"false\"", with: "\"FALSE\""),
        MetadataDefect(
            "a name format with elements",
            .malformed("NameIDFormat"),
            "<md:NameIDFormat>",
            with: "<md:NameIDFormat><md:a/>"
        ),
    ]

    private static let keys = [
        MetadataDefect("no key", .noSigningCertificate) { $0.document.replacing($0.key($0.first), with: "") },
        MetadataDefect("a key for encryption alone", .noSigningCertificate, "\"signing\"", with: "\"encryption\""),
        MetadataDefect("a key of unknown use", .malformed("KeyDescriptor/@use"), "\"signing\"", with: "\"Signing\""),
        MetadataDefect("a key by name alone", .noSigningCertificate) {
            let name = "<md:KeyDescriptor><ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo></md:KeyDescriptor>"
            return $0.document.replacing($0.key($0.first), with: name)
        },
        MetadataDefect("the keys of another role", .noSigningCertificate) {
            $0.document.replacing($0.key($0.first), with: "").replacing($0.role, with: $0.role + $0.serviceProviderRole)
                .replacing("</md:EntityDescriptor>", with: $0.serviceProviderRole + "</md:EntityDescriptor>")
        },
        MetadataDefect(
            "a certificate that is none",
            .certificate(.notACertificate),
            "<ds:X509Certificate>",
            with: "<ds:X509Certificate>AAAA</ds:X509Certificate><ds:X509Certificate>"
        ),
        MetadataDefect(
            "a certificate with elements",
            .malformed("X509Certificate"),
            "<ds:X509Certificate>",
            with: "<ds:X509Certificate><ds:a/>"
        ),
        MetadataDefect("nine certificates", .certificate(.tooMany)) { sample in
            let keys = try (1...9)
                .map { index in
                    let now = MetadataSample.now
                    let certificate = try SigningKey.generate(.p256)
                        .selfSignedCertificate(commonName: "\(index)", notBefore: now, notAfter: now + 60)
                    return sample.key(certificate)
                }
            return sample.document.replacing(sample.key(sample.first), with: keys.joined())
        },
    ]

    private static let services = [
        MetadataDefect("no service by a known binding", .noSignInService) {
            $0.document.replacing("HTTP-POST", with: "SOAP").replacing("HTTP-Redirect", with: "PAOS")
        },
        MetadataDefect(
            "sign-in that is a script",
            .endpointScheme,
            "https://idp.example/sso\"",
            with: "javascript:alert(1)\""
        ),
        MetadataDefect(
            "sign-in that is data",
            .endpointScheme,
            "https://idp.example/sso/post",
            with: "data:text/html,x"
        ),
        MetadataDefect(
            "logout that is a script",
            .endpointScheme,
            "https://idp.example/slo\"",
            with: "JavaScript:alert(1)\""
        ),
        MetadataDefect(
            "a logout answer that is a file",
            .endpointScheme,
            "https://idp.example/slo-response",
            with: "file:///etc"
        ),
        MetadataDefect(
            "a service without address",
            .malformed("SingleSignOnService/@Location"),
            "Location=\"https://idp.example/sso\"",
            with: ""
        ),
    ]

    private static func names(_ names: String...) -> [EntityID] { names.compactMap { EntityID($0) } }
}
