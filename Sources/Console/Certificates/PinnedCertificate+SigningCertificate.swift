package import Workspaces
package import XMLSecurity

extension PinnedCertificate {
    /// Pins a certificate that was read and checked.
    package init(_ certificate: SigningCertificate) {
        self.init(
            der: certificate.der,
            sha256Fingerprint: certificate.sha256Fingerprint,
            notAfter: certificate.notAfter
        )
    }
}
