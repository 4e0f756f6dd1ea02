import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("T7 Test sign-ins in the database")
struct SignInTestStoreTests {
    @Test func oneIsFoundWithItsSettingsUntilAnotherTakesItsPlace() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let owner = SignInTest.Owner.visit(SecretToken<SetupVisit>.random().hash)
            let begin = {
                try await sample.tests.begin(
                    sample.scope,
                    owner: owner,
                    browserHash: BrowserKey.random().hash,
                    now: SampleWorkspace.now
                )
            }
            let first = try await begin()
            #expect(try await sample.tests.test(id: first.request.id) == first)
            let configured = try await WorkspaceDirectory(pool: storage.service).configuredWorkspace(sample.scope)
            #expect(SingleSignOnSettings(of: try #require(configured)) == first.settings)
            let second = try await begin()
            #expect(try await sample.tests.test(id: first.request.id) == nil)
            #expect(try await sample.tests.test(id: second.request.id) == second)
            #expect(first.version == second.version)
            #expect(try await storage.count("authn_request_index") == 1)
        }
    }

    @Test func everySettingSurvivesItsRow() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.workspaces.administer(
                sample.scope,
                actor: .operator,
                now: SampleWorkspace.now
            ) { administration in
                try administration.configureSingleSignOn(
                    WorkspaceChange(spIssuer: "portico-a", acsStyle: .own, rolesMode: .required),
                    SAMLConfigurationChange(
                        attributeNames: AttributePreset.pingone.names,
                        signaturePolicy: .both,
                        signRequests: true,
                        requestBinding: .post,
                        forceAuthn: true,
                        requestedAuthnContext: ["PasswordProtectedTransport"],
                        nameIDPolicy: .persistent,
                        sendLoginHint: true,
                        requireEncryption: true,
                        sloURL: "https://idp.example/slo",
                        sloBinding: .post,
                        sloResponseURL: "https://idp.example/slo-response"
                    ),
                    catalogue: .standard,
                    loopbackHTTP: .refused
                )
            }
            try await sample.importMetadata()
            let test = try await sample.beginTest()
            let kept = try await sample.tests.test(id: test.request.id)
            #expect(kept?.settings == test.settings)
            #expect(test.settings.identityProvider.metadataSource != nil)
        }
    }

    @Test func oneEndsOnceHoweverManyTryAtOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let test = try await sample.beginTest()
            let results = try await withThrowingTaskGroup(of: SignInTestResult?.self) { group in
                for _ in 0..<4 { group.addTask { try await sample.finish(test) } }
                return try await group.reduce(into: []) { results, result in results += result.map { [$0] } ?? [] }
            }
            #expect(results.count == 1)
            #expect(try await sample.tests.test(id: test.request.id)?.result == results.first)
        }
    }

    @Test("X3 the assertion of a test is used up")
    func theAssertionOfATestIsUsedUp() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.finish(try await sample.beginTest())
            #expect(try await storage.count("replay_keys") == 1)
            #expect(try await storage.count("memberships") == 0)
        }
    }

    @Test func noSignInFindsOneAndNoTestFindsASignIn() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let test = try await sample.beginTest()
            #expect(try await sample.signIns.outstandingRequest(id: test.request.id) == nil)
            let result = try await sample.signIns.complete(
                .request(test.request),
                identity: try sample.identity("ann", roles: ["company-a_ADMIN"]),
                terms: SampleWorkspace.terms()
            )
            #expect(result.refusal == .requestUnknownOrUsed)
            let request = try await sample.begin()
            #expect(try await sample.tests.test(id: request.id) == nil)
        }
    }

    @Test func isPrunedAnHourAfterItsRequest() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let retention = Retention(pool: storage.service, auditAge: .seconds(400 * 86_400))
            let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded())
            let present = try await sample.beginTest(now: now)
            _ = try await sample.beginTest(now: now.addingTimeInterval(-4300))
            _ = try await retention.prune(now: Date())
            #expect(try await storage.count("sign_in_tests") == 1)
            #expect(try await sample.tests.test(id: present.request.id) == present)
        }
    }

    @Test func goesWithTheWorkspace() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.beginTest()
            try await sample.workspaces.delete(sample.scope, actor: .operator, now: SampleWorkspace.now)
            for table in ["sign_in_tests", "single_sign_on_versions", "authn_request_index"] {
                #expect(try await storage.count(table) == 0)
            }
        }
    }
}
