import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

@Suite("Chains that the operator begins anew", .serialized)
struct AuditRestartTests {
    private func beginAnew(_ chain: SampleChain, _ secrets: SecretKeyring? = nil) async throws -> AuditRestart {
        let secrets = secrets ?? chain.secrets
        return try await AuditChainStore(pool: chain.storage.operators, secrets: secrets)
            .beginAnew(
                chain.log,
                after: try await chain.verify(secrets),
                detail: ["company_id": "company-a"],
                now: Date()
            )
    }

    @Test func aLostKeyEndsOneChainAndTheNextGoesOn() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let new = try SampleChain.secrets(2)
            #expect(try await chain.verify(new).defect?.isUnknownKey == true)
            let restart = try await self.beginAnew(chain, new)
            #expect(restart.position == chain.last && restart.brokenFrom == chain.last + 1)
            let later = SampleChain(sample: chain.sample, secrets: new, eventIDs: chain.eventIDs)
            try await later.addAnother()
            let verification = try await later.verify()
            // What the old key sealed is told for ever, and compared still.
            #expect(verification.defect == nil && verification.verified == chain.last + 2)
            #expect(verification.head.unverifiedPosition == chain.last)
            try await later.store.note(verification, of: later.log, now: Date())
            let status = try await AuditStore(pool: storage.service).chainStatus(chain.sample.scope, with: new)
            #expect(status.unverifiedPosition == chain.last && status.defect == nil)
            try await storage.owner.query(
                "UPDATE audit_events SET email = 'eve@company-a.example' WHERE event_id = \(chain.eventIDs[1])"
            )
            #expect(try await later.verify().defect == .altered(position: 2, eventID: chain.eventIDs[1]))
        }
    }

    @Test func logsWithoutTheirKeyKeepNobodyWaiting() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            try await chain.sample.audit.append(
                chain.sample.scope,
                [AuditEvent(time: Date(), workspaceID: chain.sample.id, actor: .system, action: .signIn)]
            )
            #expect(try await chain.store.unsealed(limit: 10).contains(chain.log))
            let others = AuditChainStore(pool: storage.service, secrets: try SampleChain.secrets(2))
            #expect(try await !others.unsealed(limit: 10).contains(chain.log))
        }
    }

    @Test func itIsWrittenDownInBothLogs() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let restart = try await self.beginAnew(chain, try SampleChain.secrets(2))
            let logs = [
                try await AuditStore(pool: storage.operators).operatorEvents(limit: 10).events,
                try await chain.sample.audit.events(chain.sample.scope).events,
            ]
            for events in logs {
                let event = try #require(events.last { $0.action == .auditChainRestarted })
                #expect(event.actor == .operator)
                #expect(event.detail["position"] == "\(restart.position)" && event.detail["hash"] == "\(restart.hash)")
                #expect(event.detail["former_secret_key_id"] == chain.secrets.currentID)
                #expect(event.detail["company_id"] == "company-a")
                #expect(event.detail["defect"]?.contains("does not name") == true)
            }
        }
    }

    @Test(arguments: ChainAttack.all)
    func whatIsAcceptedIsPassedOverAndNothingElse(_ attack: ChainAttack) async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            for statement in attack.statements { try await storage.owner.query(statement) }
            let verification = try await chain.verify()
            guard verification.chainDefect != nil else {
                await #expect(throws: AuditRestartRefusal.chainHolds) { try await self.beginAnew(chain) }
                return
            }
            guard verification.head.position < 1 << 60 else {
                await #expect(throws: AuditRestartRefusal.noRoom) { try await self.beginAnew(chain) }
                return
            }
            let restart = try await self.beginAnew(chain)
            try await chain.addAnother()
            let anew = try await chain.verify()
            #expect(anew.chainDefect == nil && anew.head.position == restart.position + 2)
            #expect(anew.head.unverifiedPosition == restart.position)
            let newest: Int = try await storage.owner
                .query(
                    "SELECT event_id FROM audit_links WHERE position = \(restart.position + 2)"
                )
                .singleRow().value("event_id")
            try await storage.owner.query("UPDATE audit_events SET email = 'x' WHERE event_id = \(newest)")
            #expect(try await chain.verify().defect == .altered(position: restart.position + 2, eventID: newest))
        }
    }

    @Test func nobodyTakesItAwayOrMovesIt() async throws {
        for change: SQL in [
            "restart_position = NULL, restart_hash = NULL, restart_broken_from = NULL",
            "restart_position = restart_position + 1", "restart_broken_from = 1", "restart_hash = sha256('x')",
        ] {
            try await TestStorage.with { storage in
                let chain = try await SampleChain.make(in: storage)
                let new = try SampleChain.secrets(2)
                _ = try await self.beginAnew(chain, new)
                let later = SampleChain(sample: chain.sample, secrets: new, eventIDs: chain.eventIDs)
                try await later.addAnother()
                #expect(try await later.verify().defect == nil)
                try await storage.owner.query(
                    "UPDATE audit_chains SET \(fragment: change) WHERE restart_position IS NOT NULL"
                )
                #expect(try await later.verify().defect == .sealBroken)
            }
        }
    }

    @Test func theServiceCannotDoIt() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            let error = await #expect(throws: PostgreSQLError.self) {
                try await storage.service.query("UPDATE audit_chains SET restart_broken_from = 1")
            }
            #expect(error?.sqlState == .insufficientPrivilege)
            #expect(try await chain.verify().defect == nil)
        }
    }

    @Test func aSecondTimeCoversTheFirst() async throws {
        try await TestStorage.with { storage in
            let chain = try await SampleChain.make(in: storage)
            for position in [3, 5] {
                try await storage.owner.query(
                    "UPDATE audit_events SET email = 'x' WHERE event_id = \(chain.eventIDs[position - 1])"
                )
                if position == 3 { _ = try await self.beginAnew(chain) }
            }
            // Between the first thing that was wrong and the restart, nothing is known.
            #expect(try await chain.verify().defect == nil)
            try await storage.owner.query("UPDATE audit_events SET email = 'x' WHERE event_id = \(chain.eventIDs[1])")
            #expect(try await chain.verify().defect == .altered(position: 2, eventID: chain.eventIDs[1]))
            let second = try await self.beginAnew(chain)
            #expect(second.brokenFrom == 2)
            #expect(try await chain.verify().defect == nil)
        }
    }

    @Test func retentionGoesOnAndEndsIt() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            try await storage.owner.query("DELETE FROM audit_events")
            let chain = SampleChain(sample: sample, secrets: try SampleChain.secrets(1), eventIDs: [])
            for age in [500, 450, 401, 300, 200] {
                let time = Date(timeIntervalSinceNow: Double(age) * -86_400)
                try await sample.audit.append(
                    sample.scope,
                    [AuditEvent(time: time, workspaceID: sample.id, actor: .system, action: .signIn)]
                )
            }
            try await SampleChain.sealAll(chain.store)
            for position in [2, 4] {
                try await storage.owner.query(
                    """
                    UPDATE audit_events SET email = 'x'
                    WHERE event_id = (SELECT event_id FROM audit_links WHERE position = \(position))
                    """
                )
            }
            #expect(try await self.beginAnew(chain).brokenFrom == 2)
            for (days, pruned) in [(470, 1), (400, 3), (250, 4), (100, 5)] {
                let age = Duration.seconds(days * 86_400)
                _ = try await Retention(pool: storage.service, auditAge: age, secrets: chain.secrets).prune(now: Date())
                let verification = try await chain.verify()
                #expect(verification.defect == nil, "\(days)")
                #expect(verification.head.prunedPosition == pruned)
                #expect(verification.head.unverifiedPosition == (pruned < 5 ? 5 : nil))
            }
            try await chain.addAnother()
            #expect(try await chain.verify().defect == nil)
        }
    }
}
