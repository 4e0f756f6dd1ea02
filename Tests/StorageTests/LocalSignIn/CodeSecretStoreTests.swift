import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Another secret key and authenticator apps", .serialized)
struct CodeSecretStoreTests {
    private let now = SampleWorkspace.now

    /// A workspace whose owner has an authenticator app.
    private func workspace(
        _ name: String,
        _ secret: [UInt8],
        under secrets: SecretKeyring,
        in storage: TestStorage
    ) async throws -> (SampleWorkspace, Membership) {
        let sample = try await SampleWorkspace.make(in: storage, name, owner: "ann@\(name).example")
        let owner = try #require(try await sample.members.memberships(sample.scope).first(where: \.isOwner))
        try await sample.setPassphrase(of: owner)
        let sealed = try secrets.seal(secret, for: CodeSecretOwner.bytes(sample.scope, owner.userID))
        try await LocalCredentialStore(pool: storage.service)
            .setCodes(
                sample.scope,
                of: owner,
                to: StoredLocalCredential.CodeSetup(sealedSecret: sealed, lastStep: 42),
                now: self.now
            )
        return (sample, owner)
    }

    private func codes(_ sample: SampleWorkspace, _ owner: Membership) async throws -> StoredLocalCredential.CodeSetup {
        let store = LocalCredentialStore(pool: sample.storage.service)
        return try #require(try await store.credential(sample.scope, of: owner.userID)?.codes)
    }

    @Test func everyWorkspacesSecretsOpenUnderTheNewKeyAlone() async throws {
        try await TestStorage.with { storage in
            let (old, both) = (try SampleChain.secrets(1), try SampleChain.secrets(2, 1))
            let new = try SampleChain.secrets(2)
            let first = try await self.workspace("company-a", [1, 2], under: old, in: storage)
            let second = try await self.workspace("company-b", [3, 4], under: old, in: storage)
            for pool in [storage.service, storage.operators] {
                #expect(try await CodeSecretStore(pool: pool).secretKeys() == [old.currentID: 2])
            }
            let store = CodeSecretStore(pool: storage.service)
            #expect(try await store.reseal(with: both, now: self.now) == 2)
            #expect(try await store.secretKeys() == [new.currentID: 2])
            for ((sample, owner), secret) in [(first, [1, 2] as [UInt8]), (second, [3, 4])] {
                let codes = try await self.codes(sample, owner)
                let bytes = CodeSecretOwner.bytes(sample.scope, owner.userID)
                #expect(try new.open(codes.sealedSecret, for: bytes) == secret)
                // A code that was good once stays used.
                #expect(codes.lastStep == 42)
                let events = try await sample.audit.events(sample.scope).events
                    .filter { $0.action == .authenticatorsResealed }
                #expect(events.map(\.detail) == [["secrets": "1", "secret_key_id": new.currentID]])
            }
            #expect(try await store.reseal(with: both, now: self.now) == 0)
        }
    }

    @Test func whatDoesNotOpenStaysAsItIsAndKeepsNothingElseFromIt() async throws {
        try await TestStorage.with { storage in
            let (old, lost) = (try SampleChain.secrets(1), try SampleChain.secrets(3))
            let both = try SampleChain.secrets(2, 1)
            let stranded = try await self.workspace("company-a", [1, 2], under: lost, in: storage)
            let kept = try await self.workspace("company-b", [3, 4], under: old, in: storage)
            let moved = try await self.workspace("company-c", [5, 6], under: old, in: storage)
            let foreign = try await self.codes(kept.0, kept.1).sealedSecret
            try await storage.owner.query(
                """
                UPDATE local_credentials SET sealed_code_secret = \(foreign.bytes)
                WHERE workspace_id = \(moved.0.id.uuid)
                """
            )
            let store = CodeSecretStore(pool: storage.service)
            #expect(try await store.reseal(with: both, now: self.now) == 1)
            #expect(
                try await store.secretKeys() == [lost.currentID: 1, old.currentID: 1, both.currentID: 1]
            )
            #expect(try await self.codes(stranded.0, stranded.1).sealedSecret.secretKeyID == lost.currentID)
            #expect(try await self.codes(moved.0, moved.1).sealedSecret.bytes == foreign.bytes)
        }
    }

    @Test func nodesThatDoItAtOnceDoItOnce() async throws {
        try await TestStorage.with { storage in
            let (old, both) = (try SampleChain.secrets(1), try SampleChain.secrets(2, 1))
            _ = try await self.workspace("company-a", [1, 2], under: old, in: storage)
            let store = CodeSecretStore(pool: storage.service)
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await store.reseal(with: both, now: self.now) } }
                return try await group.reduce(0, +)
            }
            #expect(count == 1)
        }
    }
}
