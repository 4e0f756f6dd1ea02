package import FoundationEssentials

/// A certificate whose key a workspace trusts, by value (behavior Q21).
///
/// `XMLSecurity` has read and checked it before it becomes one of these. Its expiry is a warning and no refusal.
package struct PinnedCertificate: Hashable, Sendable {
    /// The certificate in DER.
    package let der: [UInt8]
    /// The SHA-256 fingerprint of the DER, `AB:CD:…`.
    package let sha256Fingerprint: String
    /// The end of the certificate's validity.
    package let notAfter: Date

    /// Takes a certificate that was read and checked.
    package init(der: [UInt8], sha256Fingerprint: String, notAfter: Date) {
        self.der = der
        self.sha256Fingerprint = sha256Fingerprint
        self.notAfter = notAfter
    }
}
