import Foundation
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Encrypted assertions at the assertion consumer service")
struct EncryptedAssertionTests {
    /// Signs in with an assertion that is encrypted to a certificate.
    private func signIn(_ person: SignInExchange, to certificate: SigningCertificate) async throws -> TestResponse {
        let received = try await person.begin()
        let response = try person.response(to: received) { draft in
            draft.encryption = AssertionEncryption(for: certificate)
        }
        return try await person.post(response, relayState: received.relayState)
    }

    @Test(arguments: [false, true])
    func areReadWithThePublishedKey(required: Bool) async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET require_encryption = \(required)")
            let person = SignInExchange(installation, client)
            let certificate = try #require(try installation.certificates(.encryption).first)
            #expect(try await self.signIn(person, to: certificate).headers[.location] == "/tasks?id=7")
        }
    }

    @Test func areRefusedWhenTheyAreForSomebodyElse() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let signing = try #require(try installation.certificates(.signing).first)
            #expect(try await self.signIn(person, to: signing).code == "decryption_failed")
        }
    }

    @Test func areWantedWhereTheWorkspaceRequiresThem() async throws {
        try await TestInstallation.run { installation, client in
            try await installation.change("UPDATE identity_providers SET require_encryption = true")
            let person = SignInExchange(installation, client)
            #expect(try await person.signIn().code == "decryption_failed")
            #expect(person.sessionCookie == nil)
        }
    }

    @Test func areReadWithBothKeysUntilTheOldOneRetires() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let old = try #require(try installation.certificates(.encryption).first)
            try await TestKeys.rotate(installation, overlap: .seconds(3600))
            installation.clock.advance(by: 60)
            let new = try #require(try installation.certificates(.encryption).first)
            #expect(new != old)
            #expect(try await self.signIn(person, to: old).status == .seeOther)
            #expect(try await self.signIn(person, to: new).status == .seeOther)
            installation.clock.advance(by: 3600)
            #expect(try await self.signIn(person, to: old).code == "decryption_failed")
            #expect(try await self.signIn(person, to: new).status == .seeOther)
        }
    }
}
