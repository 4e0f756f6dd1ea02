import Foundation
import Storage
import Testing
import Workspaces

@Suite("Notices of certificates", .serialized)
struct CertificateNoticesTests {
    private static func days(_ days: Double) -> Date { SampleWorkspace.now.addingTimeInterval(days * 86_400) }

    /// Pins certificates that end at these times.
    private func pin(_ ends: [Date], in sample: SampleWorkspace) async throws {
        let certificates = ends.enumerated()
            .map { index, end in
                PinnedCertificate(der: [UInt8(index)], sha256Fingerprint: "AB:0\(index)", notAfter: end)
            }
        try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
            try $0.configureSAML(SAMLConfigurationChange(certificates: certificates), loopbackHTTP: .refused)
        }
    }

    private func notices(_ sample: SampleWorkspace) async throws -> [String] {
        try await sample.audit.events(sample.scope).events.filter { $0.action == .certificateExpiring }
            .map { "\($0.detail["sha256_fingerprint"] ?? "") \($0.detail["days"] ?? "")" }
    }

    @Test func eachNoticeIsWrittenOnceIntoItsOwnLog() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            try await self.pin([Self.days(20), Self.days(100)], in: first)
            let writer = CertificateNotices(pool: storage.service)
            #expect(try await writer.write(now: SampleWorkspace.now).events.map(\.workspaceID) == [first.id])
            #expect(try await writer.write(now: SampleWorkspace.now).events.isEmpty)
            #expect(try await self.notices(first) == ["AB:00 30"])
            #expect(try await self.notices(second).isEmpty)
            for day in [7.0, 19.5, 25, 50] { _ = try await writer.write(now: Self.days(day)) }
            #expect(try await self.notices(first) == ["AB:00 30", "AB:00 14", "AB:00 1", "AB:00 0", "AB:01 60"])
        }
    }

    @Test func theEndsOfAllCertificatesAreTold() async throws {
        try await TestStorage.with { storage in
            let ends = [-1, 1, 20, 100].map { Self.days($0) }
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            try await self.pin([ends[2], ends[3]], in: first)
            try await self.pin([ends[0], ends[1]], in: second)
            let writer = CertificateNotices(pool: storage.service)
            // Whether notices are due makes no difference.
            for _ in 0..<2 { #expect(try await writer.write(now: SampleWorkspace.now).ends.sorted() == ends) }
        }
    }

    @Test func whatIsSwitchedOffSaysNothing() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.pin([Self.days(1)], in: sample)
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                try $0.disableSAML()
            }
            let review = try await CertificateNotices(pool: storage.service).write(now: SampleWorkspace.now)
            #expect(review.events.isEmpty && review.ends.isEmpty)
        }
    }

    @Test func twoNodesWriteOneNotice() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await self.pin([Self.days(1)], in: sample)
            let writer = CertificateNotices(pool: storage.service)
            async let first = writer.write(now: SampleWorkspace.now)
            async let second = writer.write(now: SampleWorkspace.now)
            #expect(try await first.events.count + second.events.count == 1)
            #expect(try await self.notices(sample) == ["AB:00 1"])
        }
    }
}
