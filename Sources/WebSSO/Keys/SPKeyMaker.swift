package import FoundationEssentials
import NIOPosix
package import Storage
package import Workspaces
import XMLSecurity

/// Makes Portico's own SAML keys.
package enum SPKeyMaker {
    /// The length of a modulus in bits; every identity provider takes RSA.
    ///
    /// A signature has 3072, enough until 2030 and after (NIST SP 800-57 part 1, table 4). Decryption has 2048: anybody may
    /// post something to decrypt, each key that is tried would cost three times as much with 3072, and what is encrypted
    /// travels inside TLS besides (decision 0009).
    private static func bits(for use: SPKeyUse) -> Int {
        switch use {
        case .signing: 3072
        case .encryption: 2048
        }
    }

    /// How long a certificate is valid; identity providers that look at it must not stop before somebody rotates.
    private static let validity: TimeInterval = 5 * 365 * 86_400
    /// How far back a certificate begins, for identity providers whose clock is behind.
    private static let backdating: TimeInterval = 86_400

    /// Makes a key for each use, active at once, with a certificate that it issues to itself.
    ///
    /// The search for primes takes seconds. It has a thread of its own, so that whatever else awaits its turn goes on.
    ///
    /// - Throws: `SigningKeyFailure`, the failure of the cryptography library.
    package static func make(_ uses: [SPKeyUse], now: Date) async throws -> [SPKeyMaterial] {
        try await NIOThreadPool.singleton.runIfActive { try uses.map { try Self.make($0, now: now) } }
    }

    private static func make(_ use: SPKeyUse, now: Date) throws(SigningKeyFailure) -> SPKeyMaterial {
        let privateKey = try SigningKey.generate(.rsa(bits: Self.bits(for: use)))
        let certificate = try privateKey.selfSignedCertificate(
            commonName: "Portico SAML \(use.rawValue)",
            notBefore: now.addingTimeInterval(-Self.backdating),
            notAfter: now.addingTimeInterval(Self.validity)
        )
        let key = SPKey(
            id: .random(),
            use: use,
            certificate: certificate.der,
            certificateEnd: certificate.notAfter,
            createdAt: now,
            activeFrom: now
        )
        return SPKeyMaterial(key: key, privateKey: Array(try privateKey.pem().utf8))
    }
}
