import Foundation
import SAML
import XMLSecurity

/// The metadata of an identity provider, which tests read as it is or with one defect.
struct MetadataSample {
    static let namespaces =
        #"xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#""#
    static let protocols = "urn:oasis:names:tc:SAML:2.0:protocol"
    static let redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    static let post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"

    /// The present of the tests.
    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    /// Three certificates: two that sign, and one of somebody else's.
    private static let generated = Result<[SigningCertificate], any Error> {
        try ["one", "two", "foreign"]
            .map { name in
                try SigningKey.generate(.p256)
                    .selfSignedCertificate(
                        commonName: name,
                        notBefore: MetadataSample.now,
                        notAfter: MetadataSample.now + 86_400
                    )
            }
    }

    let first: SigningCertificate
    let second: SigningCertificate
    let foreign: SigningCertificate

    init() throws {
        let certificates = try Self.generated.get()
        self.first = certificates[0]
        self.second = certificates[1]
        self.foreign = certificates[2]
    }

    /// One entity with the role of an identity provider and nothing else.
    var document: String {
        #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n" + self.entity(namespaces: Self.namespaces)
    }

    /// An EntityDescriptor.
    func entity(_ id: String = "https://idp.example/metadata", namespaces: String = "") -> String {
        "<md:EntityDescriptor \(namespaces) entityID=\"\(id)\">\(self.role)</md:EntityDescriptor>"
    }

    /// The role, with one key and both bindings.
    var role: String {
        """
        <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="\(Self.protocols)">
          \(self.key(self.first))
          <md:SingleLogoutService Binding="\(Self.redirect)" Location="https://idp.example/slo" ResponseLocation="https://idp.example/slo-response"/>
          <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
          <md:SingleSignOnService Binding="\(Self.post)" Location="https://idp.example/sso/post"/>
          <md:SingleSignOnService Binding="\(Self.redirect)" Location="https://idp.example/sso"/>
        </md:IDPSSODescriptor>
        """
    }

    /// A KeyDescriptor with a certificate whose base64 is broken into lines, as many programs write it.
    func key(_ certificate: SigningCertificate, use: String? = "signing") -> String {
        let lines = certificate.pem.split(separator: "\n").dropFirst().dropLast().joined(separator: "\r\n    ")
        let use = use.map { " use=\"\($0)\"" } ?? ""
        return "<md:KeyDescriptor\(use)><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n    \(lines)\n"
            + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    }

    /// A role as a service provider, with a key of its own.
    var serviceProviderRole: String {
        "<md:SPSSODescriptor protocolSupportEnumeration=\"\(Self.protocols)\">\(self.key(self.foreign))"
            + "<md:SingleLogoutService Binding=\"\(Self.redirect)\" Location=\"https://foreign.example/slo\"/>"
            + "<md:AssertionConsumerService Binding=\"\(Self.post)\" Location=\"https://foreign.example/acs\" index=\"0\"/>"
            + "</md:SPSSODescriptor>"
    }

    /// A list of entities.
    func list(_ entities: String...) -> String {
        "<md:EntitiesDescriptor \(Self.namespaces)>\(entities.joined(separator: "\n"))</md:EntitiesDescriptor>"
    }
}
