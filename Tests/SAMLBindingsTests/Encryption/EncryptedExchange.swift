import FoundationEssentials
import SAML
import SAMLTesting
import XMLSecurity

/// The service provider's side of an exchange with encrypted assertions: a key, its certificate, and others.
enum EncryptedExchange {
    /// A key and the certificate to encrypt with.
    struct Recipient: Sendable {
        let key: DecryptionKey
        let certificate: SigningCertificate

        init(bits: Int = 2048) throws {
            let key = try SigningKey.generate(.rsa(bits: bits))
            self.key = try DecryptionKey(key)
            self.certificate = try key.selfSignedCertificate(
                commonName: "Portico",
                notBefore: Date(timeIntervalSince1970: 1_700_000_000),
                notAfter: Date(timeIntervalSince1970: 2_500_000_000)
            )
        }
    }

    /// Keys are made once: RSA takes a while.
    private static let shared = Result { try [2048, 2048, 3072, 2048].map { try Recipient(bits: $0) } }

    /// The service provider whose certificate is in the metadata.
    static func recipient() throws -> Recipient { try self.shared.get()[0] }

    /// Others, to be confused with it: one of the same size, a longer one, and one more.
    static func others() throws -> [Recipient] { Array(try self.shared.get().dropFirst()) }

    /// An exchange in which the service provider has its key.
    static func make() throws -> Exchange {
        var exchange = try Exchange()
        exchange.decryptionKeys = [try self.recipient().key]
        return exchange
    }
}
