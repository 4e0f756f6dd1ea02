import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

/// A workspace whose audit log is sealed, and what a test does to it.
struct SampleChain: Sendable {
    let sample: SampleWorkspace
    let secrets: SecretKeyring
    /// The numbers of the sealed events, the one at position 1 first.
    let eventIDs: [Int]

    /// How many events a test adds to those of a new workspace.
    static let added = 6

    var storage: TestStorage { self.sample.storage }
    var log: AuditLog { .workspace(self.sample.scope) }
    var store: AuditChainStore { AuditChainStore(pool: self.storage.service, secrets: self.secrets) }
    /// The position of the newest link.
    var last: Int { self.eventIDs.count }

    /// Secret keys of these bytes, the first of which seals.
    static func secrets(_ bytes: UInt8...) throws -> SecretKeyring {
        try #require(SecretKeyring(bytes.map { [UInt8](repeating: $0, count: SecretKeyring.keyLength) }))
    }

    /// Makes a workspace, writes events of every form into its log, and seals them.
    static func make(in storage: TestStorage) async throws -> SampleChain {
        let sample = try await SampleWorkspace.make(in: storage)
        let secrets = try Self.secrets(1)
        for number in 0..<Self.added { try await sample.audit.append(sample.scope, [try Self.event(number, sample)]) }
        let store = AuditChainStore(pool: storage.service, secrets: secrets)
        try await Self.sealAll(store)
        let links = try await storage.owner.query(
            "SELECT event_id FROM audit_links WHERE workspace_id = \(sample.id.uuid) ORDER BY position"
        )
        return SampleChain(
            sample: sample,
            secrets: secrets,
            eventIDs: try links.rows.map { try $0.value("event_id") }
        )
    }

    /// Seals whatever waits in any log and can be sealed.
    static func sealAll(_ store: AuditChainStore) async throws {
        var goesOn = true
        while goesOn {
            goesOn = false
            for log in try await store.unsealed(limit: 100) {
                let sealing = try await store.seal(log)
                if sealing.count > 0 || sealing.goesOn { goesOn = true }
            }
        }
    }

    /// Looks at the chain as the operator does.
    func verify(_ secrets: SecretKeyring? = nil) async throws -> AuditVerification {
        try await AuditVerifier(pool: self.storage.operators, secrets: secrets ?? self.secrets).verify(self.log)
    }

    /// Adds an event and seals it.
    func addAnother() async throws {
        try await self.sample.audit.append(self.sample.scope, [try Self.event(1, self.sample)])
        try await Self.sealAll(self.store)
    }

    private static func event(_ number: Int, _ sample: SampleWorkspace) throws -> AuditEvent {
        AuditEvent(
            time: SampleWorkspace.now.addingTimeInterval(Double(number) + 0.123_456),
            workspaceID: sample.id,
            actor: number.isMultiple(of: 2) ? .operator : .member(try sample.email("ann")),
            action: .signIn,
            email: number.isMultiple(of: 3) ? nil : "odd, \"address\" 1:a,-,",
            outcome: number.isMultiple(of: 2) ? .refused(.emailInvalid) : .done,
            detail: number == 1 ? [:] : ["got": "漢字 e\u{301} \\u0000 \u{1}\n", "empty": "", "a": "\(number)"]
        )
    }
}
