import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Retention and the chains of audit logs", .serialized)
struct AuditPruningTests {
    /// Writes events of these ages in days, one after the other, and seals them.
    private func write(_ ages: [Int], _ chain: SampleChain) async throws {
        for age in ages {
            let event = AuditEvent(
                time: Date(timeIntervalSinceNow: Double(age) * -86_400),
                workspaceID: chain.sample.id,
                actor: .system,
                action: .signIn
            )
            try await chain.sample.audit.append(chain.sample.scope, [event])
        }
        try await SampleChain.sealAll(chain.store)
    }

    /// A workspace without an event.
    private func empty(_ storage: TestStorage) async throws -> SampleChain {
        let sample = try await SampleWorkspace.make(in: storage)
        try await storage.owner.query("DELETE FROM audit_events")
        let chain = SampleChain(sample: sample, secrets: try SampleChain.secrets(1), eventIDs: [])
        try await SampleChain.sealAll(chain.store)
        return chain
    }

    private func prune(_ chain: SampleChain, days: Int = 400) async throws -> Int {
        let age = Duration.seconds(days * 86_400)
        return try await Retention(pool: chain.storage.service, auditAge: age, secrets: chain.secrets)
            .prune(now: Date())
    }

    /// What a second restart passes over does not begin where an earlier one did of which nothing is left.
    @Test func aRestartThatHasExpiredWidensNoOther() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            try await self.write([500, 450, 401], chain)
            try await storage.owner.query(
                """
                UPDATE audit_events SET email = 'eve@company-a.example'
                WHERE event_id = (SELECT event_id FROM audit_links WHERE workspace_id = \(chain.sample.id.uuid) AND position = 2)
                """
            )
            let first = try await AuditChainStore(pool: storage.operators, secrets: chain.secrets)
                .beginAnew(chain.log, after: try await chain.verify(), detail: [:], now: Date())
            #expect(first.position == 3 && first.brokenFrom == 2)
            try await self.write([2, 1, 0], chain)
            #expect(try await self.prune(chain) == 3)
            #expect(try await chain.verify().defect == nil)
            let lost = try SampleChain.secrets(2)
            let second = try await AuditChainStore(pool: storage.operators, secrets: lost)
                .beginAnew(chain.log, after: try await chain.verify(lost), detail: [:], now: Date())
            #expect(second.position >= 6 && second.brokenFrom == second.position + 1)
        }
    }

    @Test func theRestOfAChainHoldsWithoutItsBeginning() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            try await self.write([500, 450, 401, 399, 2, 0], chain)
            let before = try await chain.verify()
            #expect(before.defect == nil && before.verified == 6)
            #expect(try await self.prune(chain) == 3)
            let after = try await chain.verify()
            #expect(after.defect == nil && after.verified == 3)
            #expect(after.head.prunedPosition == 3)
            #expect(after.head.position == before.head.position && after.head.hash == before.head.hash)
            try await self.write([0], chain)
            #expect(try await chain.verify().verified == 4)
            #expect(try await self.prune(chain, days: 1) == 2)
            #expect(try await chain.verify().defect == nil)
        }
    }

    @Test func anEventThatBearsATimeOfItsOwnGoesInItsTurn() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            // One that is dated too far back is kept as long as the one before it; one of the future, from its sealing on.
            try await self.write([402, 2, 900, -3_000, 1], chain)
            #expect(try await self.prune(chain) == 1)
            #expect(try await chain.verify().defect == nil)
            #expect(try await storage.count("audit_events") == 4)
            try await storage.owner.query("UPDATE audit_links SET kept_from = kept_from - interval '410 days'")
            #expect(try await self.prune(chain) == 4)
            // What was made to seem older than it is goes, and that shows.
            #expect(try await storage.count("audit_events") == 0)
            #expect(try await chain.verify().defect == .sealBroken)
        }
    }

    @Test func aNodeWithoutTheSecretKeyLeavesTheChainAsItIs() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            try await self.write([500, 2], chain)
            let other = SampleChain(sample: chain.sample, secrets: try SampleChain.secrets(2), eventIDs: [])
            #expect(try await self.prune(other) == 0)
            try await chain.sample.audit.append(
                chain.sample.scope,
                [AuditEvent(time: Date(), workspaceID: chain.sample.id, actor: .system, action: .signOut)]
            )
            #expect(try await other.store.seal(chain.log).count == 0)
            #expect(try await chain.verify().defect == nil)
            #expect(try await chain.store.seal(chain.log).count == 1)
            #expect(try await self.prune(chain) == 1)
            #expect(try await chain.verify().defect == nil)
        }
    }

    /// What a node of a release before the chains sends for a log.
    private func pruneAsBefore(_ storage: TestStorage, _ deletion: SQL) async throws {
        try await storage.service.withTransaction { transaction in
            _ = try await transaction.pipeline([
                "SET LOCAL ROLE portico_retention",
                "SELECT set_config('portico.audit_cutoff', (now() - interval '400 days')::text, true)", deletion,
            ])
        }
    }

    @Test func aNodeFromBeforeTheChainsDeletesNothingThatIsSealed() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            try await self.write([500, 450, 401, 399], chain)
            let old = AuditEvent(
                time: Date(timeIntervalSinceNow: -500 * 86_400),
                workspaceID: nil,
                actor: .system,
                action: .signIn
            )
            try await AuditStore(pool: storage.service).appendForOperator(old)
            try await SampleChain.sealAll(chain.store)
            let verifier = AuditVerifier(pool: storage.operators, secrets: chain.secrets)
            for (table, columns) in [("audit_events", "workspace_id, event_id"), ("operator_audit_events", "event_id")]
            {
                let count = try await storage.count(table)
                let error = await #expect(throws: PostgreSQLError.self) {
                    try await self.pruneAsBefore(
                        storage,
                        SQL(
                            unsafeSQL: """
                                DELETE FROM \(table) WHERE (\(columns)) IN (SELECT \(columns) FROM \(table)
                                    WHERE occurred_at < portico_retention_cutoff('portico.audit_cutoff') LIMIT 500)
                                """
                        )
                    )
                }
                #expect(error?.sqlState?.rawValue == "23001", "\(String(describing: error))")
                #expect(try await storage.count(table) == count)
            }
            #expect(try await chain.verify().defect == nil)
            #expect(try await self.prune(chain) == 4)
            #expect(try await chain.verify().defect == nil)
            #expect(try await verifier.verify(.operator).defect == nil)
        }
    }

    @Test func aLookAtALongChainIsNotDisturbedByWhatHappensMeanwhile() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            let add: @Sendable (Int, Int) async throws -> Void = { age, count in
                try await storage.owner.query(
                    """
                    INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                    SELECT \(chain.sample.id.uuid), now() - make_interval(days => \(age)::int), 'system', 'sign_in', 'done'
                    FROM generate_series(1, \(count))
                    """
                )
                try await SampleChain.sealAll(chain.store)
            }
            try await add(500, 3_500)
            try await add(1, 3_500)
            let defects = try await withThrowingTaskGroup(of: [AuditDefect?].self) { group in
                group.addTask {
                    for _ in 0..<6 { try await add(1, 400) }
                    return []
                }
                group.addTask {
                    let count = try await self.prune(chain)
                    #expect(count == 3_500)
                    return []
                }
                group.addTask {
                    var defects: [AuditDefect?] = []
                    for _ in 0..<8 { defects.append(try await chain.verify().defect) }
                    return defects
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(defects == Array(repeating: nil, count: 8))
            let last = try await chain.verify()
            #expect(last.defect == nil && last.verified == 3_500 + 2_400)
        }
    }

    @Test func manyWorkspacesArePrunedInBatches() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            for id in [chain.sample.id, other.id] {
                try await storage.owner.query(
                    """
                    INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                    SELECT \(id.uuid), now() - interval '500 days', 'system', 'sign_in', 'done'
                    FROM generate_series(1, 700)
                    """
                )
            }
            try await SampleChain.sealAll(chain.store)
            #expect(try await self.prune(chain) >= 700)
            for scope in [chain.sample.scope, other.scope] {
                let verifier = AuditVerifier(pool: storage.operators, secrets: chain.secrets)
                #expect(try await verifier.verify(.workspace(scope)).defect == nil)
            }
        }
    }

    @Test func whatSomebodyElseRemovedIsNotCoveredByIt() async throws {
        try await TestStorage.with { storage in
            let chain = try await self.empty(storage)
            try await self.write([500, 450, 2, 1], chain)
            try await storage.owner.query("UPDATE audit_chains SET seal = sha256('x')")
            #expect(try await self.prune(chain) == 2)
            #expect(try await chain.verify().defect == .sealBroken)
        }
    }

    @Test func theOperatorsLogHasAChainThatTheServiceSealsWithoutReadingIt() async throws {
        try await TestStorage.with { storage in
            let secrets = try SampleChain.secrets(1)
            let audit = AuditStore(pool: storage.service)
            let events = [500, 450, 1]
                .map { age in
                    AuditEvent(
                        time: Date(timeIntervalSinceNow: Double(age) * -86_400),
                        workspaceID: nil,
                        actor: .system,
                        action: .signIn,
                        outcome: .refused(.companyNotFound),
                        detail: ["company_id": "no-such"]
                    )
                }
            for event in events { try await audit.appendForOperator(event) }
            let count = try await storage.count("operator_audit_events")
            try await SampleChain.sealAll(AuditChainStore(pool: storage.service, secrets: secrets))
            let verifier = AuditVerifier(pool: storage.operators, secrets: secrets)
            let verification = try await verifier.verify(.operator)
            #expect(verification.defect == nil && verification.verified == count && verification.unsealed == 0)
            let seen = try await storage.service.query(
                "SELECT event_id FROM portico_unsealed_operator_events(0, 1000000, NULL)"
            )
            #expect(seen.rows.isEmpty)
            let retention = Retention(pool: storage.service, auditAge: .seconds(400 * 86_400), secrets: secrets)
            #expect(try await retention.prune(now: Date()) == 2)
            #expect(try await verifier.verify(.operator).defect == nil)
            try await storage.owner.query("UPDATE operator_audit_events SET action = 'sign_out'")
            #expect(try await verifier.verify(.operator).defect != nil)
        }
    }
}
