import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("The chain of an audit log", .serialized)
struct AuditChainTests {
    @Test func holdsAndGrows() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let first = try await chain.verify()
            #expect(first.defect == nil)
            #expect(first.head.position == chain.last && first.verified == chain.last)
            #expect(first.head.prunedPosition == 0 && first.unsealed == 0 && first.isSealChecked)
            // The order of the chain is that of the log.
            #expect(chain.eventIDs == chain.eventIDs.sorted())

            try await chain.sample.audit.append(
                chain.sample.scope,
                [AuditEvent(time: Date(), workspaceID: chain.sample.id, actor: .system, action: .signIn)]
            )
            let waiting = try await chain.verify()
            #expect(waiting.defect == nil && waiting.unsealed == 1 && waiting.head == first.head)
            try await SampleChain.sealAll(chain.store)
            let second = try await chain.verify()
            #expect(second.defect == nil && second.unsealed == 0)
            #expect(second.head.position == chain.last + 1 && second.head.hash != first.head.hash)
        }
    }

    @Test(arguments: ChainAttack.all)
    func showsWhatSomebodyElseWrote(_ attack: ChainAttack) async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            for statement in attack.statements { try await storage.owner.query(statement) }
            let expected = attack.defect(chain.eventIDs)
            #expect(try await chain.verify().defect == expected)
            // What comes after is sealed, and mends nothing.
            try await chain.addAnother()
            #expect(try await chain.verify().defect != nil)
        }
    }

    @Test func aChainMadeAnewShowsWithTheSecretKeyAlone() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await ChainInSQL.prepare(storage)
            try await storage.owner.query(
                "UPDATE audit_events SET email = 'eve@company-a.example' WHERE event_id = \(chain.eventIDs[2])"
            )
            try await ChainInSQL.rebuild(storage)
            #expect(try await chain.verify().defect == .sealBroken)
            let unsealed = AuditVerifier(pool: storage.operators, secrets: nil)
            let blind = try await unsealed.verify(chain.log)
            #expect(blind.defect == nil && !blind.isSealChecked)
            try await chain.addAnother()
            #expect(try await chain.verify().defect == .sealBroken)
        }
    }

    @Test func anybodyCanComputeTheHashes() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await ChainInSQL.prepare(storage)
            let before = try await ChainInSQL.hashes(storage)
            try await ChainInSQL.rebuild(storage)
            #expect(try await ChainInSQL.hashes(storage) == before)
            #expect(Set(before).count == chain.last)
            #expect(try await chain.verify().defect == nil)
        }
    }

    @Test func twoNodesThatSealAtOnceMakeOneChain() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await storage.owner.query(
                """
                INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                SELECT \(chain.sample.id.uuid), now(), 'system', 'sign_in', 'done' FROM generate_series(1, 1200)
                """
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { try await SampleChain.sealAll(chain.store) } }
                try await group.waitForAll()
            }
            let verification = try await chain.verify()
            #expect(verification.defect == nil && verification.unsealed == 0)
            #expect(verification.verified == chain.last + 1_200)
        }
    }

    @Test func eventsFromBeforeTheChainsAreSealedInParts() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await storage.owner.query(
                """
                INSERT INTO audit_events (workspace_id, occurred_at, actor_kind, action, outcome)
                SELECT \(sample.id.uuid), now() - interval '2 days', 'system', 'sign_in', 'done'
                FROM generate_series(1, 1200)
                """
            )
            // What the migration leaves: one row that stands for all.
            try await storage.owner.query("DELETE FROM audit_unsealed")
            try await storage.owner.query(
                """
                INSERT INTO audit_unsealed
                SELECT workspace_id, max(event_id), true FROM audit_events GROUP BY workspace_id
                """
            )
            try await sample.audit.append(
                sample.scope,
                [AuditEvent(time: Date(), workspaceID: sample.id, actor: .system, action: .signOut)]
            )
            let secrets = try SampleChain.secrets(1)
            let verifier = AuditVerifier(pool: storage.operators, secrets: secrets)
            let count = try await storage.count("audit_events")
            #expect(try await verifier.verify(.workspace(sample.scope)).unsealed == count)
            let store = AuditChainStore(pool: storage.service, secrets: secrets)
            #expect(try await store.seal(.workspace(sample.scope)).count == 500)
            #expect(try await verifier.verify(.workspace(sample.scope)).unsealed == count - 500)
            try await SampleChain.sealAll(store)
            let verification = try await verifier.verify(.workspace(sample.scope))
            #expect(verification.defect == nil && verification.verified == count && verification.unsealed == 0)
            // They bear other times than the seal: that is said, and no defect.
            #expect(verification.late >= 1_200)
            let order = try await storage.owner.query("SELECT event_id FROM audit_links ORDER BY position").rows
                .map { try $0.value("event_id", as: Int.self) }
            #expect(order == order.sorted())
        }
    }

    @Test func anotherSecretKeyMakesNothingLookChanged() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let both = try SampleChain.secrets(2, 1)
            let new = try SampleChain.secrets(2)
            #expect(try await chain.verify(both).defect == nil)
            #expect(try await chain.verify(new).defect?.isUnknownKey == true)
            let store = AuditChainStore(pool: storage.service, secrets: both)
            #expect(try await store.reseal() > 0)
            #expect(try await store.reseal() == 0)
            #expect(try await chain.verify(new).defect == nil)
            #expect(try await chain.verify().defect?.isUnknownKey == true)

            // What was wrong before is not put right by it.
            try await storage.owner.query("UPDATE audit_chains SET seal = sha256('x')")
            _ = try await AuditChainStore(pool: storage.service, secrets: try SampleChain.secrets(3, 2)).reseal()
            #expect(try await chain.verify(new).defect == .sealBroken)
        }
    }

    @Test func eachChainIsLookedAtInItsTurn() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            #expect(try await chain.store.takeDue() == nil)
            try await storage.owner.query("UPDATE audit_chains SET verify_after = now()")
            let log = try #require(try await chain.store.takeDue())
            #expect(log == chain.log)
            #expect(try await chain.store.takeDue() == nil)
            let verifier = AuditVerifier(pool: storage.service, secrets: chain.secrets)
            let now = Date()
            try await chain.store.note(try await verifier.verify(log), of: log, now: now)
            let audit = AuditStore(pool: storage.service)
            let status = try await audit.chainStatus(chain.sample.scope, with: chain.secrets)
            guard case .seen(let verdict) = status else {
                Issue.record("\(status)")
                return
            }
            #expect(verdict.position == chain.last && verdict.defect == nil && verdict.unverifiedPosition == nil)
            #expect(abs(verdict.verifiedAt.timeIntervalSince(now)) <= 1)
            #expect(try await chain.store.takeDue() == nil)
            // Nobody keeps nodes from looking by putting it off for ever.
            try await storage.owner.query("UPDATE audit_chains SET verify_after = 'infinity'")
            #expect(try await chain.store.takeDue() == chain.log)
        }
    }

    @Test func aChainWhoseEndIsGoneIsLookedAtAllTheSame() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let other = try await SampleWorkspace.make(in: storage, "company-b")
            #expect(try await chain.store.restoreMissing() == 0)
            try await storage.owner.query("DELETE FROM audit_chains WHERE workspace_id = \(chain.sample.id.uuid)")
            // A workspace whose first events wait is none of these.
            #expect(try await storage.count("audit_chains", where: "workspace_id = \(other.id.uuid)") == 0)
            #expect(try await chain.store.restoreMissing() == 1)
            #expect(try await chain.store.restoreMissing() == 0)
            #expect(try await chain.verify().defect == .sealBroken)
            try await storage.owner.query("UPDATE audit_chains SET verify_after = now()")
            #expect(try await chain.store.takeDue() == chain.log)
        }
    }

    @Test(
        arguments: [
            "defect = NULL", "verified_at = now() + interval '1 day'", "verified_position = verified_position + 1",
            "defect = 'other'", "unverified_position = 3",
        ]
    )
    func nobodyElseSaysWhatALookCameTo(_ change: String) async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await storage.owner.query("UPDATE audit_events SET email = 'eve@company-a.example'")
            try await chain.store.note(try await chain.verify(), of: chain.log, now: Date())
            let audit = AuditStore(pool: storage.service)
            let before = try await audit.chainStatus(chain.sample.scope, with: chain.secrets)
            #expect(before.defect?.contains("at position 1,") == true)
            try await storage.owner.query("UPDATE audit_chains SET \(fragment: SQL(unsafeSQL: change))")
            #expect(try await audit.chainStatus(chain.sample.scope, with: chain.secrets) == .forged)
            #expect(try await chain.store.statuses() == [chain.sample.id: .forged])
            // What is taken away is not there, and what another key says is not known.
            #expect(try await audit.chainStatus(chain.sample.scope, with: try SampleChain.secrets(2)) == .unseen)
            try await storage.owner.query("UPDATE audit_chains SET verdict_seal = NULL, verdict_key_id = NULL")
            let status = try await audit.chainStatus(chain.sample.scope, with: chain.secrets)
            #expect(status == .unseen && !status.isRecent(at: Date()))
        }
    }
}
