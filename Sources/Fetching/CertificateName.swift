import NIOSSL

/// Whether a server's certificate is for a name (RFC 6125, 6.4).
///
/// NIOSSL verifies the chain and accepts a certificate for the name or for the address that it is connected to. Somebody who
/// answers for a name with an address of their own could have a certificate for that address from any authority; so the name
/// is looked for once more, in the certificate's DNS names alone.
enum CertificateName {
    /// Whether one of the DNS names is the name, or has a `*` in place of its first label.
    static func isNamed(_ name: String, _ certificate: NIOSSLCertificate) -> Bool {
        certificate._subjectAlternativeNames()
            .contains { entry in
                entry.nameType == .dnsName
                    && self.matches(name, pattern: String(decoding: Array(entry.contents), as: UTF8.self).lowercased())
            }
    }

    /// Compares with a pattern in lower case.
    static func matches(_ name: String, pattern: String) -> Bool {
        let name = name.hasSuffix(".") ? name.dropLast() : name[...]
        guard pattern.hasPrefix("*.") else { return name == pattern }
        let parent = pattern.dropFirst(2)
        let label = name.prefix { $0 != "." }
        return parent.contains(".") && !label.isEmpty && name.dropFirst(label.count + 1) == parent
    }
}
