import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Refreshes of metadata", .serialized)
struct MetadataRefreshStoreTests {
    private static let now = SampleWorkspace.now
    private static func later(_ seconds: Double) -> Date { Self.now.addingTimeInterval(seconds) }

    @Test func aURLIsKeptWithItsModeAndDueAtOnce() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            #expect(try await sample.refreshes.claim(now: Self.later(1)) == nil)
            try await sample.importMetadata(mode: .automatic)
            let found = try await WorkspaceDirectory(pool: storage.service).configuredWorkspace(sample.scope)
            let source = try #require(found?.identityProvider?.metadataSource)
            #expect(source.url == SampleWorkspace.metadataURL)
            #expect(source.mode == .automatic)
            #expect(try await sample.refreshes.state(sample.scope) == MetadataRefreshState(dueAt: Self.now))
            #expect(try await sample.refreshes.claim(now: Self.later(-1)) == nil)
            #expect(try await sample.refreshes.claim(now: Self.now) == sample.scope)
        }
    }

    @Test func whatOneNodeTookNoOtherTakesUntilItShouldBeDone() async throws {
        try await TestStorage.with { storage in
            var scopes: Set<WorkspaceScope> = []
            for name in ["company-a", "company-b", "company-c"] {
                let sample = try await SampleWorkspace.make(in: storage, name)
                try await sample.importMetadata()
                scopes.insert(sample.scope)
            }
            let claim = { @Sendable (now: Date) in try await MetadataRefreshStore(pool: storage.service).claim(now: now)
            }
            async let first = claim(Self.now)
            async let second = claim(Self.now)
            // Two that meet at one row go on to the next one; none waits.
            var taken = try await [first, second].compactMap { $0 }
            while let next = try await claim(Self.now) { taken.append(next) }
            #expect(taken.count == 3)
            #expect(Set(taken) == scopes)
            #expect(try await claim(Self.later(299)) == nil)
            #expect(try await claim(Self.later(301)) != nil)
        }
    }

    @Test func whatIsProposedComesBackAsItWasAndWaitsForAWord() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata()
            let outcome = try #require(
                try await sample.refreshMetadata(listing: [1, 2, 3], validUntil: Self.later(1_000_000))
            )
            #expect(outcome.state.proposals.map(\.certificate.der) == [[2], [3]])
            #expect(outcome.state.dueAt == Self.later(86_400))
            #expect(try await sample.refreshes.state(sample.scope) == outcome.state)
            #expect(try await sample.pinned() == [[1, 2, 3]])
            #expect(try await sample.refreshes.claim(now: Self.later(86_399)) == nil)

            let store = MetadataRefreshStore(pool: storage.operators)
            try await store.refresh(sample.scope, now: Self.now) { configured, state in
                try MetadataReview(configured: configured, state: state, actor: .operator, now: Self.now)
                    .reject(["0303"])
            }
            try await store.refresh(sample.scope, now: Self.now) { configured, state in
                try MetadataReview(configured: configured, state: state, actor: .operator, now: Self.now)
                    .approve(["02:02"], loopbackHTTP: .refused)
            }
            #expect(try await sample.pinned() == [[1, 2, 3], [2]])
            let state = try await sample.refreshes.state(sample.scope)
            #expect(state.proposals.map(\.certificate) == [SampleWorkspace.certificate(3)])
            #expect(state.proposals.map(\.rejectedAt) == [Self.now])
            #expect(state.dueAt == Self.later(86_400))
            let actions = try await sample.audit.events(sample.scope).events.map(\.action).suffix(5)
            #expect(
                actions == [
                    .metadataChangeProposed, .metadataChangeProposed, .metadataChangeRejected, .samlConfigured,
                    .metadataChangeApproved,
                ]
            )
        }
    }

    @Test func automaticMetadataIsTakenUnderTheRoleOfTheService() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata(mode: .automatic)
            try await sample.refreshMetadata(listing: [2, 1])
            #expect(try await sample.pinned() == [[1, 2, 3], [2]])
            try await sample.refreshMetadata(listing: [2], now: Self.later(60))
            #expect(try await sample.pinned() == [[2]])
            let state = try await sample.refreshes.state(sample.scope)
            #expect(state.dueAt == Self.later(60 + 86_400))
            let event = try #require(try await sample.audit.events(sample.scope).events.last)
            #expect(event.action == .samlConfigured)
            #expect(event.actor == .system)
            #expect(event.detail["certificates"] == "02:02")
        }
    }

    @Test func aFailureKeepsEverythingAndIsTold() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata()
            try await sample.refreshMetadata(listing: [1, 2])
            try await sample.failMetadata(now: Self.later(86_400))
            try await sample.failMetadata(now: Self.later(90_000))
            let state = try await sample.refreshes.state(sample.scope)
            #expect(state.failures == 2)
            #expect(state.problem == "It is \u{FFFD} away.")
            #expect(state.refreshedAt == Self.now)
            #expect(state.attemptedAt == Self.later(90_000))
            #expect(state.dueAt == Self.later(90_600))
            #expect(state.proposals.count == 1)
            #expect(try await sample.pinned() == [[1, 2, 3]])
            #expect(try await sample.audit.events(sample.scope).events.last?.action == .metadataRefreshFailed)
            let summary = try #require(try await OperatorDirectory(pool: storage.operators).workspaces().first)
            #expect(summary.metadataProblem == state.problem)
            #expect(summary.waitingProposals == 1)
            #expect(summary.certificateEnds == [.distantFuture])
            try await sample.refreshMetadata(listing: [1, 2], now: Self.later(90_600))
            #expect(try await sample.refreshes.state(sample.scope).failures == 0)
        }
    }

    @Test func aChangeOfTheConfigurationEndsWhatItHasFulfilled() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata()
            try await sample.refreshMetadata(listing: [2, 3])
            #expect(try await sample.refreshes.state(sample.scope).proposals.count == 3)
            // Somebody pins one by hand and leaves another one out.
            try await sample.workspaces.administer(sample.scope, actor: .operator, now: Self.now) {
                try $0.configureSAML(
                    SAMLConfigurationChange(certificates: [SampleWorkspace.certificate(2)]),
                    loopbackHTTP: .refused
                )
            }
            let state = try await sample.refreshes.state(sample.scope)
            #expect(state.proposals.map(\.certificate.der) == [[3]])
            #expect(state.dueAt == Self.later(86_400))
        }
    }

    @Test func theModeAndTheSourceDecideWhatIsDue() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata()
            try await sample.refreshMetadata(listing: [1, 2])
            let choose = { @Sendable (mode: MetadataRefreshMode, now: Date) in
                _ = try await sample.workspaces.administer(sample.scope, actor: .operator, now: now) {
                    try $0.configureSAML(SAMLConfigurationChange(metadataRefresh: mode), loopbackHTTP: .refused)
                }
            }
            try await choose(.off, Self.later(1))
            #expect(try await sample.refreshes.state(sample.scope).dueAt == nil)
            try await sample.refreshMetadata(listing: [1, 2], now: Self.later(2))
            #expect(try await sample.refreshes.state(sample.scope).dueAt == nil)
            try await choose(.automatic, Self.later(3))
            #expect(try await sample.refreshes.state(sample.scope).dueAt == Self.later(3))
            #expect(try await sample.refreshes.state(sample.scope).proposals.count == 1)

            try await sample.importMetadata(from: .url("https://idp.example/other"), now: Self.later(4))
            #expect(try await sample.refreshes.state(sample.scope) == MetadataRefreshState(dueAt: Self.later(4)))
            // What was fetched from the old address comes too late.
            #expect(try await sample.refreshMetadata(listing: [9], now: Self.later(5)) == nil)
            #expect(try await sample.refreshes.state(sample.scope).dueAt == Self.later(4))
            try await sample.importMetadata(from: .file, now: Self.later(6))
            #expect(try await sample.refreshes.state(sample.scope) == MetadataRefreshState())
        }
    }

    @Test func aWorkspaceWithoutASourceLeavesTheQueue() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await storage.owner.query(
                "INSERT INTO metadata_refresh_queue (workspace_id, due_at) VALUES (\(sample.id.uuid), \(Self.now))"
            )
            #expect(try await sample.refreshes.claim(now: Self.now) == sample.scope)
            #expect(try await sample.refreshMetadata(listing: [1]) == nil)
            #expect(try await storage.count("metadata_refresh_queue") == 0)
        }
    }

    @Test func whatIsDecidedInOneWorkspaceStaysThere() async throws {
        try await TestStorage.with { storage in
            let first = try await SampleWorkspace.make(in: storage, "company-a")
            let second = try await SampleWorkspace.make(in: storage, "company-b")
            for sample in [first, second] {
                try await sample.importMetadata()
                try await sample.refreshMetadata(listing: [1, 2])
            }
            let before = try await second.refreshes.state(second.scope)
            try await first.refreshes.refresh(first.scope, now: Self.now) { configured, state in
                try MetadataReview(configured: configured, state: state, actor: .operator, now: Self.now)
                    .approve(["02:02"], loopbackHTTP: .refused)
            }
            #expect(try await second.refreshes.state(second.scope) == before)
            #expect(try await second.pinned() == [[1, 2, 3]])
            #expect(try await first.pinned() == [[1, 2, 3], [2]])
        }
    }

    @Test func aRefusedDecisionWritesNothing() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await sample.importMetadata()
            try await sample.refreshMetadata(listing: [1, 2])
            let events = try await storage.count("audit_events")
            await #expect(throws: MetadataReviewRefusal.notProposed("AA")) {
                try await sample.refreshes.refresh(sample.scope, now: Self.now) { configured, state in
                    try MetadataReview(configured: configured, state: state, actor: .operator, now: Self.now)
                        .approve(["02:02", "AA"], loopbackHTTP: .refused)
                }
            }
            #expect(try await storage.count("audit_events") == events)
            #expect(try await sample.refreshes.state(sample.scope).proposals.count == 1)
        }
    }
}
