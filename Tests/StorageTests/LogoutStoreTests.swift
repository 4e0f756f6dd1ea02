import Foundation
import PostgreSQL
import SAML
import Storage
import Testing
import Workspaces

@Suite("Single logout", .serialized)
struct LogoutStoreTests {
    private static func request(
        _ name: String = "name-id",
        id: MessageID = .random()
    ) throws -> ValidatedLogoutRequest {
        let issuer = try #require(EntityID(SampleWorkspace.issuer))
        let endpoint = "https://portico.example/.portico/saml/slo"
        let expectations = LogoutExpectations(
            identityProvider: issuer,
            singleLogoutService: endpoint,
            now: SampleWorkspace.now
        )
        return try SingleLogoutProfile(expectations)
            .validate(
                LogoutRequest(
                    id: id,
                    issueInstant: SampleWorkspace.now,
                    destination: endpoint,
                    issuer: Issuer(issuer.value),
                    nameID: NameID(value: name),
                    sessionIndexes: []
                ),
                certificateFingerprint: "AB"
            )
    }

    private static func target(_ sample: SampleWorkspace) async throws -> LogoutTarget {
        let directory = WorkspaceDirectory(pool: sample.storage.service)
        return LogoutTarget(try #require(try await directory.configuredWorkspace(sample.scope)).workspace)
    }

    private static func end(
        _ request: ValidatedLogoutRequest,
        in samples: [SampleWorkspace],
        _ storage: TestStorage
    ) async throws -> [WorkspaceScope]? {
        var targets: [LogoutTarget] = []
        for sample in samples { targets.append(try await self.target(sample)) }
        return try await LogoutStore(pool: storage.service)
            .end(request, in: targets, requestID: .random(), now: SampleWorkspace.now)
    }

    @Test func aRequestEndsSessionsInItsWorkspacesAlone() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let third = try await SampleWorkspace.make(in: storage, "company-c")
            var sessions: [Session] = []
            for sample in [first, second, third] { sessions.append(try await sample.session(of: "ann")) }
            let ended = try await Self.end(Self.request(), in: [first, third], storage)
            #expect(ended == [first.scope, third.scope])
            #expect(try await first.sessions.session(sessions[0].tokenHash) == nil)
            #expect(try await second.sessions.session(sessions[1].tokenHash) != nil)
            #expect(try await third.sessions.session(sessions[2].tokenHash) == nil)
            #expect(try await storage.count("session_tokens") == 1)
            let event = try #require(try await first.audit.events(first.scope).events.last)
            #expect(event.action == .signOut)
            #expect(event.actor == .identityProvider)
            #expect(event.email == "ann@company-a.example")
        }
    }

    @Test func aRequestIsCarriedOutOnceHoweverOftenItComesAtOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann")
            let request = try Self.request()
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await Self.end(request, in: [sample], storage) != nil }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 } == 1)
            #expect(try await storage.count("sessions") == 0)
        }
    }

    @Test func aRequestForNobodyEndsNothingAndIsRemembered() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            _ = try await sample.session(of: "ann")
            let request = try Self.request("nobody")
            #expect(try await Self.end(request, in: [sample], storage) == [])
            #expect(try await Self.end(request, in: [sample], storage) == nil)
            #expect(try await storage.count("sessions") == 1)
        }
    }

    @Test func everyNodeHearsOfTheEnd() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let session = try await sample.session(of: "ann")
            let heard = try await SessionStoreTests.notifications(storage) {
                _ = try await Self.end(Self.request(), in: [sample], storage)
            }
            #expect(heard == [.session(session.id)])
        }
    }

    @Test func aRequestOfOursIsTakenOnceByItsBrowserInItsTime() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = LogoutStore(pool: storage.service)
            let browser = BrowserKey.random().hash
            let logout = OutstandingLogout.begin(workspaceID: sample.id, browserHash: browser, now: SampleWorkspace.now)
            try await store.begin(logout)
            let now = SampleWorkspace.now
            let other = BrowserKey.random().hash
            #expect(try await store.consume(logout.id, of: other, now: now) == nil)
            #expect(try await store.consume(logout.id, of: browser, now: logout.expiresAt) == nil)
            #expect(try await store.consume(.random(), of: browser, now: now) == nil)
            #expect(try await store.consume(logout.id, of: browser, now: now) == sample.scope)
            #expect(try await store.consume(logout.id, of: browser, now: now) == nil)
        }
    }

    @Test func workspacesAreFoundByTheNameOfTheirIdentityProvider() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            let third = try await SampleWorkspace.make(in: storage, "company-c")
            let store = LogoutStore(pool: storage.service)
            let issuer = try #require(EntityID(SampleWorkspace.issuer))
            let renamed = try #require(EntityID("urn:other"))
            try await second.workspaces.administer(second.scope, actor: .operator, now: SampleWorkspace.now) {
                try $0.configureSAML(SAMLConfigurationChange(issuer: renamed.value), loopbackHTTP: .refused)
            }
            try await third.workspaces.delete(third.scope, actor: .operator, now: SampleWorkspace.now)
            #expect(try await store.workspaces(ofIdentityProvider: issuer, limit: 9) == [first.scope])
            #expect(try await store.workspaces(ofIdentityProvider: renamed, limit: 9) == [second.scope])
            #expect(try await store.workspaces(ofIdentityProvider: renamed, limit: 0) == [])
            #expect(try await storage.count("saml_names", where: "side = 'sp'") == 2)
        }
    }

    @Test func requestsThatRanOutArePruned() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            for age in [-3_600.0, 3_600] {
                try await LogoutStore(pool: storage.service)
                    .begin(
                        OutstandingLogout.begin(
                            workspaceID: sample.id,
                            browserHash: BrowserKey.random().hash,
                            now: Date().addingTimeInterval(age)
                        )
                    )
            }
            #expect(try await Retention(pool: storage.service, auditAge: .seconds(86_400)).prune(now: Date()) == 1)
            #expect(try await storage.count("logout_requests") == 1)
        }
    }
}
