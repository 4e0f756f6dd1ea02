import Storage
import Testing
import Workspaces

@Suite("Sessions of a key that is taken away", .serialized)
struct SessionRevocationTests {
    private static func pin(_ certificates: [PinnedCertificate], in sample: SampleWorkspace) async throws {
        try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
            try $0.configureSAML(SAMLConfigurationChange(certificates: certificates), loopbackHTTP: .refused)
        }
    }

    @Test func endWithIt() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            let session = try await sample.session(of: "ann")
            let elsewhere = try await other.session(of: "ann")
            let (own, next) = (SampleWorkspace.certificate(1), SampleWorkspace.certificate(2))
            // A rollover adds the next key first, which ends nothing.
            try await Self.pin([own, next], in: sample)
            #expect(try await sample.sessions.session(session.tokenHash) != nil)
            try await Self.pin([next], in: sample)
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
            #expect(try await storage.count("session_tokens") == 1)
            #expect(try await other.sessions.session(elsewhere.tokenHash) != nil)
        }
    }

    @Test func areHeardOfByEveryNode() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann")
            let heard = try await SessionStoreTests.notifications(storage) {
                try await Self.pin([SampleWorkspace.certificate(2)], in: sample)
            }
            #expect(heard == [.workspace(sample.id)])
        }
    }

    @Test func endWhenMetadataTakesItAway() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata(mode: .automatic)
            let session = try await sample.session(of: "ann")
            try await sample.refreshMetadata(listing: [2])
            #expect(try await sample.sessions.session(session.tokenHash) == nil)
        }
    }
}
