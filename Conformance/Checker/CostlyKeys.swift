import FoundationEssentials
import SAMLTesting
import XMLSecurity

/// Who signs a message, and the eight certificates of a workspace, of which none or the last is that of the signer.
struct CostlyKeys {
    /// What the table calls them.
    let name: String
    let signer: TestIdentityProvider
    /// Eight certificates, of which none is the signer's.
    let strangers: [SigningCertificate]

    /// The same with the signer's in the last place.
    var own: [SigningCertificate] { self.strangers.dropLast() + [self.signer.certificate] }

    /// Makes keys of one kind.
    init(_ name: String, _ kind: SigningKey.Kind) throws {
        self.name = name
        self.signer = try TestIdentityProvider(key: kind)
        self.strangers = try (0..<8).map { _ in try TestIdentityProvider(key: kind).certificate }
    }

    /// Makes two keys of RSA, for they take so long to make: the strangers' eight certificates have the same one.
    init(_ name: String, rsaBits bits: Int) throws {
        self.name = name
        self.signer = try TestIdentityProvider(key: .rsa(bits: bits))
        let key = try SigningKey.generate(.rsa(bits: bits))
        self.strangers = try (0..<8)
            .map { number in
                try key.selfSignedCertificate(
                    commonName: "Stranger \(number)",
                    notBefore: Date(timeIntervalSince1970: 1_700_000_000),
                    notAfter: Date(timeIntervalSince1970: 2_500_000_000)
                )
            }
    }
}
