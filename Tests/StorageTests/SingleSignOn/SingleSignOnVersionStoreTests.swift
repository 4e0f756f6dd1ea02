import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("The versions of single sign-on settings")
struct SingleSignOnVersionStoreTests {
    @Test func manyDraftsTakeNothingAwayThatWasInForce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let versions = SingleSignOnVersionStore(pool: storage.service)
            let save = { (signInURL: String) in
                try await versions.saveDraft(sample.scope, actor: .setup, now: SampleWorkspace.now) { administration in
                    try administration.configureSAML(
                        SAMLConfigurationChange(signInURL: signInURL),
                        loopbackHTTP: .refused
                    )
                }
            }
            try await save("https://idp.example/second")
            try await storage.owner.query("UPDATE single_sign_on_versions SET passed_at = now() WHERE is_draft")
            try await versions.promote(
                sample.scope,
                actor: .setup,
                session: nil,
                now: SampleWorkspace.now + 1
            ) { promotion, person in
                let name = SingleSignOnPromotion.name(
                    of: promotion.edited,
                    over: promotion.administration.configured
                )
                return try promotion.decide(.replace, name: name, by: person, isConfirmed: true)
            }
            let before = try await versions.versionsInForce(sample.scope)
            #expect(before.count >= 2)
            try await storage.owner.query(
                """
                INSERT INTO single_sign_on_versions (workspace_id, number, digest, settings, actor_kind, saved_at, is_draft)
                SELECT workspace_id, number + more, digest, settings, 'setup', saved_at, false
                FROM single_sign_on_versions, generate_series(1, 120) more
                WHERE number = (SELECT max(number) FROM single_sign_on_versions)
                """
            )
            try await save("https://idp.example/draft")
            #expect(try await versions.versionsInForce(sample.scope).map(\.number) == before.map(\.number))
            #expect(try await storage.count("single_sign_on_versions") == before.count + 100)
            #expect(try await versions.versions(sample.scope).count == before.count + 100)
        }
    }
}
