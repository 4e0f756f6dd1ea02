import FuzzingOracle
import SAMLTesting
import XMLSecurity

/// The readers of certificates and keys, as administrators paste them: no crash, and what can be read is read again as the
/// same.
///
/// The bytes are a text, and changes to be made in a key and a certificate that are new in each run.
enum PEMTarget {
    private static let originals = Result {
        let identityProvider = try TestIdentityProvider()
        return try [identityProvider.key.pem(), identityProvider.certificate.pem]
    }

    static func run(_ bytes: [UInt8]) {
        guard let originals = try? self.originals.get() else { preconditionFailure("no originals could be made") }
        precondition(self.isKey(originals[0]) && self.isCertificate(originals[1]), "the originals are not read")
        self.read(bytes)
        if let mutated = Mutation.apply(bytes, to: originals) { self.read(mutated) }
    }

    private static func read(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        _ = self.isKey(text)
        _ = self.isCertificate(text)
    }

    private static func isKey(_ text: String) -> Bool {
        guard let key = try? SigningKey(pem: text) else { return false }
        guard let written = try? key.pem(), let again = try? SigningKey(pem: written), let second = try? again.pem()
        else {
            preconditionFailure("a key cannot be read again")
        }
        precondition(second == written, "a key is read as another one")
        return true
    }

    private static func isCertificate(_ text: String) -> Bool {
        guard let certificates = try? SigningCertificate.parse(text) else { return false }
        for certificate in certificates {
            guard let again = try? SigningCertificate.parse(certificate.pem).first else {
                preconditionFailure("a certificate cannot be read again")
            }
            precondition(again.der == certificate.der, "a certificate is read as another one")
        }
        return !certificates.isEmpty
    }
}
