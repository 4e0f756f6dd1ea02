import Foundation
import Storage
import Testing
import Workspaces

@Suite("Passphrases and links that are lost")
struct LocalSignInLossTests {
    private let now = SampleWorkspace.now

    @Test("R4 whom the identity provider turns away does not come back with a passphrase, but for the owner")
    func turnedAway() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(
                in: storage,
                owner: "ann@company-a.example",
                settings: WorkspaceChange(localSignIn: .members)
            )
            _ = try await sample.session(of: "bob", role: "ADMIN")
            _ = try await sample.session(of: "ann", role: "ADMIN")
            let store = LocalCredentialStore(pool: storage.service)
            for member in try await sample.members.memberships(sample.scope) {
                try await sample.setPassphrase(of: member)
            }
            for name in ["ann", "bob"] {
                #expect(try await sample.signIn(name, roles: []).refusal == .rolesNoMatch)
            }
            for member in try await sample.members.memberships(sample.scope) {
                let credential = try await store.credential(sample.scope, of: member.userID)
                #expect((credential != nil) == member.isOwner)
            }
        }
    }

    @Test(
        "rulings 27 a link sets nothing any more once the mode does not allow it",
        arguments: LocalSignInMode.allCases
    )
    func links(mode: LocalSignInMode) async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(
                in: storage,
                owner: "ann@company-a.example",
                settings: WorkspaceChange(localSignIn: mode == .members ? .owner : .members)
            )
            _ = try await sample.session(of: "bob")
            let store = LocalCredentialStore(pool: storage.operators)
            var tokens: [Bool: SecretToken<PassphraseLink>] = [:]
            for member in try await sample.members.memberships(sample.scope) {
                let token = SecretToken<PassphraseLink>.random()
                tokens[member.isOwner] = token
                let link = PassphraseLink(
                    in: sample.id,
                    for: member.userID,
                    token: token,
                    lifetime: .seconds(600),
                    now: self.now
                )
                try await store.create(try #require(link), for: member.email)
            }
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: self.now) {
                try $0.change(
                    WorkspaceChange(localSignIn: mode),
                    catalogue: .standard,
                    enforcing: .operatorsWord
                )
            }
            for (isOwner, token) in tokens {
                let holder = try await store.holder(ofLink: token.hash, now: self.now)
                #expect((holder != nil) == (mode == .members || mode == .owner && isOwner))
            }
        }
    }
}
