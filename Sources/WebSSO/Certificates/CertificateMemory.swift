import Synchronization
import Workspaces
import XMLSecurity

/// The pinned certificates that were read, by their bytes.
///
/// OpenSSL takes several times as long to read a certificate as to verify a signature with its key, and each message of a
/// workspace's identity provider is tried under the same ones. What a certificate says never changes, so that nothing here
/// grows old; whether it is pinned is asked of the workspace each time.
final class CertificateMemory: Sendable {
    /// The one of the process.
    static let shared = CertificateMemory(capacity: 1024)

    private let capacity: Int
    private let certificates = Mutex<[[UInt8]: SigningCertificate]>([:])

    /// Makes an empty memory that forgets everything when it is full.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many certificates are remembered.
    var count: Int { self.certificates.withLock(\.count) }

    /// Reads pinned certificates, or finds them read.
    ///
    /// - Throws: `CertificateRejection` when one cannot be read any more.
    func read(_ pins: some Sequence<PinnedCertificate>) throws(CertificateRejection) -> [SigningCertificate] {
        var result: [SigningCertificate] = []
        for pin in pins {
            result.append(try self.read(pin.der))
        }
        return result
    }

    private func read(_ der: [UInt8]) throws(CertificateRejection) -> SigningCertificate {
        if let known = self.certificates.withLock({ $0[der] }) { return known }
        let certificate = try SigningCertificate(der: der)
        self.certificates.withLock { certificates in
            if certificates.count >= self.capacity { certificates.removeAll() }
            certificates[der] = certificate
        }
        return certificate
    }
}
