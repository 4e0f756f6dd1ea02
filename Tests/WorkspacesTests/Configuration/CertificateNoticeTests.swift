import Foundation
import Testing
import Workspaces

@Suite("Notices of certificates that end")
struct CertificateNoticeTests {
    @Test(
        "Q21 the latest day that has come counts",
        arguments: [
            (60.001, nil), (60, 60), (31, 60), (30, 30), (14.5, 30), (14, 14), (7.5, 14), (7, 7), (1.5, 7), (1, 1),
            (0.5, 1),
            (0, 0), (-400, 0),
        ] as [(Double, Int?)]
    )
    func days(left: Double, day: Int?) throws {
        let certificate = PinnedCertificate(
            der: [1],
            sha256Fingerprint: "AB:CD",
            notAfter: SampleSignIn.now.addingTimeInterval(left * 86_400)
        )
        let notice = CertificateNotice(for: certificate, now: SampleSignIn.now)
        #expect(notice?.day == day)
        guard let notice else { return }
        let event = notice.event(in: .random(), now: SampleSignIn.now)
        #expect(event.action == .certificateExpiring)
        #expect(event.actor == .system)
        #expect(event.detail["sha256_fingerprint"] == "AB:CD")
        #expect(event.detail["days"] == "\(notice.day)")
    }
}
