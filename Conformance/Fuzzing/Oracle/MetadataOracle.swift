import FoundationEssentials
import SAML
import SAMLBindings
package import SAMLTesting
import XMLSecurity

/// Judges what was read of metadata: a certificate is the identity provider's only when it stands in that role's own
/// KeyDescriptor, which ``CertificateScan`` finds without an XML parser.
package struct MetadataOracle: Sendable {
    /// The originals: an entity with other roles and their keys around it, and a list of two entities.
    package let originals: [String]

    private let names: [EntityID?]
    private let now: Date

    /// Makes originals with the certificates of three identity providers, the first of which is meant.
    ///
    /// - Throws: `SAMLTestingFailure` when there are fewer.
    package init(identityProviders: [TestIdentityProvider]) throws {
        guard identityProviders.count == 3, let now = SAMLInstant.parse("2026-03-01T12:00:00Z") else {
            throw SAMLTestingFailure.invalidEntityID("three identity providers")
        }
        let keys = identityProviders.map { StrictBase64.encode($0.certificate.der) }
        let own = Self.entity(identityProviders[0].entityID.value, keys[0], encryption: keys[1], foreign: keys[2])
        let other = Self.entity("https://other.example/idp", keys[1], encryption: keys[0], foreign: keys[2])
        self.originals = [
            Self.declaring(own), Self.declaring("<md:EntitiesDescriptor>\(own)\(other)</md:EntitiesDescriptor>"),
        ]
        self.names = [nil, identityProviders[0].entityID, EntityID("https://other.example/idp")]
        self.now = now
    }

    /// Reads a document as `portico saml` does, as that of one entity and by each name.
    package func judge(_ document: [UInt8]) -> [Verdict] {
        self.names.map { self.judge(document, $0) }
    }

    private func judge(_ document: [UInt8], _ name: EntityID?) -> Verdict {
        do throws(MetadataRejection) {
            let metadata = try IdPMetadataReader.read(document, entityID: name, now: self.now)
            return try self.isPlausible(metadata, document, name) ? .original : .forged
        } catch {
            return .refused(error.description)
        }
    }

    private func isPlausible(
        _ metadata: IdPMetadata,
        _ document: [UInt8],
        _ name: EntityID?
    ) throws(MetadataRejection) -> Bool {
        guard name == nil || name == metadata.entityID, metadata.validUntil.map({ $0 > self.now }) ?? true else {
            return false
        }
        let urls = (metadata.signInServices + metadata.logoutServices)
            .flatMap { [$0.location, $0.responseLocation ?? $0.location] }
        guard !metadata.signInServices.isEmpty, urls.allSatisfy({ $0.lowercased().hasPrefix("http") }) else {
            return false
        }
        let again = try IdPMetadataReader.read(document, entityID: metadata.entityID, now: self.now)
        guard again == metadata, (1...8).contains(metadata.signingCertificates.count) else { return false }
        // With a reference to a character the text is not the one that stands there.
        guard !document.contains(UInt8(ascii: "&")) else { return true }
        let found = CertificateScan.signing(in: document, entityID: metadata.entityID)
        return metadata.signingCertificates.allSatisfy(found.contains)
    }

    private static func declaring(_ document: String) -> String {
        let start = document.prefix { $0 != ">" && $0 != " " }
        return start + " xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\""
            + " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"" + document.dropFirst(start.count)
    }

    private static func entity(_ id: String, _ signing: String, encryption: String, foreign: String) -> String {
        let binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-"
        let protocols = "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\""
        return """
            <md:EntityDescriptor entityID="\(id)" validUntil="2027-01-01T00:00:00Z" cacheDuration="PT6H">\
            <md:Extensions>\(self.key(foreign, "signing"))</md:Extensions>\
            <md:SPSSODescriptor \(protocols)>\(self.key(foreign, "signing"))\
            <md:AssertionConsumerService Binding="\(binding)POST" Location="https://sp.example/acs" index="0"/>\
            </md:SPSSODescriptor>\
            <md:IDPSSODescriptor WantAuthnRequestsSigned="true" \(protocols)>\
            <md:Extensions>\(self.key(foreign, "signing"))</md:Extensions>\
            \(self.key(signing, "signing"))\(self.key(encryption, "encryption"))\
            <md:SingleLogoutService Binding="\(binding)Redirect" Location="https://idp.example/slo"/>\
            <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>\
            <md:SingleSignOnService Binding="\(binding)Redirect" Location="https://idp.example/sso"/>\
            </md:IDPSSODescriptor>\
            <md:AttributeAuthorityDescriptor \(protocols)>\(self.key(foreign, "signing"))</md:AttributeAuthorityDescriptor>\
            </md:EntityDescriptor>
            """
    }

    private static func key(_ certificate: String, _ use: String) -> String {
        "<md:KeyDescriptor use=\"\(use)\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\(certificate)"
            + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    }
}
