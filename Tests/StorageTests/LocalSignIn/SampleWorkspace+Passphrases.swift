import Foundation
import Storage
import Testing
import Workspaces

extension SampleWorkspace {
    /// Sets a passphrase by a link.
    @discardableResult
    func setPassphrase(of member: Membership) async throws -> PassphraseHash {
        let token = SecretToken<PassphraseLink>.random()
        let link = PassphraseLink(
            in: self.id,
            for: member.userID,
            token: token,
            lifetime: .seconds(600),
            now: Self.now
        )
        try await LocalCredentialStore(pool: self.storage.operators).create(try #require(link), for: member.email)
        let store = LocalCredentialStore(pool: self.storage.service)
        let holder = try #require(try await store.holder(ofLink: token.hash, now: Self.now))
        let hash = try PassphraseHash(
            of: Passphrase(typed: "correct horse battery"),
            cost: PassphraseHash.Cost(rounds: 2, blockSize: 1, parallelism: 1)
        )
        let isSet = try await store.setPassphrase(
            byLink: token.hash,
            of: holder,
            to: hash,
            clientAddress: "192.0.2.1",
            now: Self.now
        )
        #expect(isSet)
        return hash
    }
}
