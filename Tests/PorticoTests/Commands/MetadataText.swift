import Foundation
import XMLSecurity

/// Metadata of an identity provider, for the commands that import it.
enum MetadataText {
    /// A certificate with a fresh key.
    static func certificate(_ name: String = "idp.example") throws -> SigningCertificate {
        let now = Date()
        return try SigningKey.generate(.p256)
            .selfSignedCertificate(commonName: name, notBefore: now, notAfter: now.addingTimeInterval(365 * 86_400))
    }

    /// A document of one identity provider.
    static func document(
        _ certificates: [SigningCertificate],
        entityID: String = "https://idp.example/metadata",
        signInURL: String = "https://idp.example/sso",
        binding: String = "HTTP-Redirect",
        attributes: String = "",
        services: String = ""
    ) -> String {
        let keys =
            certificates.map { certificate in
                "<KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>"
                    + "<X509Certificate>\(StrictBase64.encode(certificate.der))</X509Certificate></X509Data></KeyInfo>"
                    + "</KeyDescriptor>"
            }
            .joined()
        return """
            <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="\(entityID)" \(attributes)>
            <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">\(keys)\(services)
            <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:\(binding)" Location="\(signInURL)"/>
            </IDPSSODescriptor></EntityDescriptor>
            """
    }
}
