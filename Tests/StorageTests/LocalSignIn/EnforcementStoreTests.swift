import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("A5 enforcing single sign-on in the database")
struct EnforcementStoreTests {
    private func enforce(_ sample: SampleWorkspace) async throws {
        try await sample.workspaces.administer(sample.scope, actor: .setup, now: SampleWorkspace.now) {
            try $0.change(WorkspaceChange(localSignIn: .owner), catalogue: .standard)
        }
    }

    private func configure(_ sample: SampleWorkspace, _ change: SAMLConfigurationChange) async throws {
        try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
            try $0.configureSAML(change, loopbackHTTP: .refused)
        }
    }

    private func mode(_ sample: SampleWorkspace) async throws -> LocalSignInMode? {
        let directory = WorkspaceDirectory(pool: sample.storage.service)
        return try await directory.configuredWorkspace(sample.scope)?.workspace.localSignIn
    }

    @Test("a test counts for exactly the settings in force, and comes back with them")
    func exactly() async throws {
        try await TestStorage.with { storage in
            let settings = WorkspaceChange(localSignIn: .members)
            let sample = try await SampleWorkspace.make(in: storage, settings: settings)
            let other = try await SampleWorkspace.make(in: storage, "company-b", settings: settings)
            await #expect(throws: ConfigurationMistakes.self) { try await self.enforce(sample) }
            _ = try await sample.finish(try await sample.beginTest())
            // A test of another workspace, with the same settings, is none.
            await #expect(throws: ConfigurationMistakes.self) { try await self.enforce(other) }
            try await self.configure(sample, SAMLConfigurationChange(forceAuthn: true))
            await #expect(throws: ConfigurationMistakes.self) { try await self.enforce(sample) }
            #expect(try await self.mode(sample) == .members)
            try await self.configure(sample, SAMLConfigurationChange(forceAuthn: false))
            try await self.enforce(sample)
            #expect(try await self.mode(sample) == .owner)
            #expect(try await self.mode(other) == .members)
        }
    }

    @Test("whoever enforces while other settings are put in force enforces what was tested, or nothing")
    func race() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage, settings: WorkspaceChange(localSignIn: .members))
            _ = try await sample.finish(try await sample.beginTest())
            for round in 0..<8 {
                let isOdd = !round.isMultiple(of: 2)
                async let configured: Void = self.configure(sample, SAMLConfigurationChange(forceAuthn: isOdd))
                async let enforced: Bool = {
                    do {
                        try await self.enforce(sample)
                        return true
                    } catch is ConfigurationMistakes {
                        return false
                    }
                }()
                _ = try await (configured, enforced)
                try await sample.workspaces.administer(sample.scope, actor: .operator, now: SampleWorkspace.now) {
                    try $0.change(WorkspaceChange(localSignIn: .members), catalogue: .standard)
                }
            }
            // Both are written behind the lock, so the log has their order: nothing untested was ever enforced.
            var isTested = true
            for event in try await sample.audit.events(sample.scope).events {
                if let forced = event.detail["force_authn"] { isTested = forced == "false" }
                if event.detail["local_sign_in"] == "owner" { #expect(isTested) }
            }
        }
    }
}
