import SAML
import XMLSecurity

/// Reads the certificates that an identity provider signs with.
enum MetadataKeys {
    /// The certificates of every KeyDescriptor for signing, in DER, each once.
    ///
    /// saml-metadata 2.4.1.1: a KeyDescriptor without `use` is for signing as well. A key that is given without a
    /// certificate, by its name or value, is passed over; at least one certificate must be there.
    static func signingCertificates(of role: XMLElement) throws(MetadataRejection) -> [[UInt8]] {
        var texts: [String] = []
        for key in role.children(named: .metadata("KeyDescriptor")) {
            switch key.attribute("use") {
            case nil, "signing": break
            case "encryption": continue
            case _: throw .malformed("KeyDescriptor/@use")
            }
            for information in key.children(named: .signature("KeyInfo")) {
                for data in information.children(named: .signature("X509Data")) {
                    for certificate in data.children(named: .signature("X509Certificate")) {
                        texts.append(try certificate.metadataText())
                    }
                }
            }
        }
        guard !texts.isEmpty else { throw .noSigningCertificate }
        do throws(CertificateRejection) {
            return try SigningCertificate.parse(texts).map(\.der)
        } catch {
            throw .certificate(error)
        }
    }
}
