import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@testable import WebSSO

struct CertificateMemoryTests {
    private static func pins(_ count: Int) throws -> [PinnedCertificate] {
        try (0..<count)
            .map { _ in
                let certificate = try TestIdentityProvider().certificate
                return PinnedCertificate(
                    der: certificate.der,
                    sha256Fingerprint: certificate.sha256Fingerprint,
                    notAfter: certificate.notAfter
                )
            }
    }

    @Test func answersEachCertificateInItsPlace() throws {
        let memory = CertificateMemory(capacity: 4)
        let pins = try Self.pins(3)
        for order in [pins, pins.reversed(), [pins[1]], pins] {
            #expect(try memory.read(order).map(\.der) == order.map(\.der))
        }
        #expect(memory.count == 3)
    }

    @Test func staysWithinItsBound() throws {
        let memory = CertificateMemory(capacity: 2)
        let pins = try Self.pins(5)
        #expect(try memory.read(pins).map(\.der) == pins.map(\.der))
        #expect(memory.count <= 2)
    }

    @Test func refusesWhatIsNoCertificateEachTime() throws {
        let memory = CertificateMemory(capacity: 2)
        let pin = try Self.pins(1)[0]
        let damaged = PinnedCertificate(
            der: pin.der.dropLast(),
            sha256Fingerprint: pin.sha256Fingerprint,
            notAfter: pin.notAfter
        )
        for _ in 0..<2 {
            #expect(throws: CertificateRejection.self) { try memory.read([damaged]) }
        }
        #expect(memory.count == 0)
    }
}
