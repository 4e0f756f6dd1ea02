package import FoundationEssentials
import PostgreSQL
package import Workspaces

/// What is known of the chain of an audit log without looking at the whole of it.
package enum AuditChainStatus: Hashable, Sendable {
    /// No node has looked at it, or one that has another secret key.
    case unseen
    /// The latest look of a node came to this.
    case seen(AuditVerdict)
    /// Somebody other than Portico wrote what the latest look is said to have come to.
    case forged

    /// After how long a look is none any more: nodes look every day.
    private static let shelfLife: TimeInterval = 3 * 86_400

    /// Reads a row that has the columns of an ``AuditVerdict``.
    init(_ row: Row, with secrets: SecretKeyring) throws {
        guard let verdict = try AuditVerdict(row),
            let bytes: [UInt8] = try row.optional("verdict_seal"),
            let keyID: String = try row.optional("verdict_key_id")
        else {
            self = .unseen
            return
        }
        let log = AuditLog(chain: WorkspaceID(try row.value("workspace_id")))
        do throws(SealingFailure) {
            let seal = MessageSeal(secretKeyID: keyID, bytes: bytes)
            self = try secrets.isAuthentic(verdict.sealedBytes(of: log), under: seal) ? .seen(verdict) : .forged
        } catch {
            self = .unseen
        }
    }

    /// What is wrong, in a sentence without its full stop; `nil` when nothing is.
    package var defect: String? {
        switch self {
        case .unseen: nil
        case .seen(let verdict): verdict.defect
        case .forged: "somebody other than Portico wrote what its latest check is said to have come to"
        }
    }

    /// Up to which position the chain could not be verified, because the operator began it anew behind that.
    package var unverifiedPosition: Int? {
        guard case .seen(let verdict) = self else { return nil }
        return verdict.unverifiedPosition
    }

    /// Whether somebody has looked since a time, and found nothing wrong.
    package func isSound(since time: Date) -> Bool {
        switch self {
        case .unseen, .forged: false
        case .seen(let verdict): verdict.defect == nil && verdict.verifiedAt >= time
        }
    }

    /// Whether a node has looked lately.
    package func isRecent(at now: Date) -> Bool {
        switch self {
        case .unseen: false
        case .seen(let verdict): abs(verdict.verifiedAt.timeIntervalSince(now)) < Self.shelfLife
        case .forged: true
        }
    }
}

extension AuditStore {
    /// Reads what the latest look at the chain of a workspace's log came to.
    ///
    /// - Throws: `PostgreSQLError`.
    package func chainStatus(_ scope: WorkspaceScope, with secrets: SecretKeyring) async throws -> AuditChainStatus {
        let row = try await self.pool
            .query("SELECT \(fragment: AuditVerdict.columns) FROM audit_chains WHERE workspace_id = \(scope.id)")
            .optionalRow()
        return try row.map { try AuditChainStatus($0, with: secrets) } ?? .unseen
    }
}

extension AuditChainStore {
    /// Reads what the latest looks at the chains of all workspaces came to.
    ///
    /// The operator's log is not among them, because the service cannot read it.
    ///
    /// - Throws: `PostgreSQLError`.
    package func statuses() async throws -> [WorkspaceID: AuditChainStatus] {
        let rows =
            try await self.pool
            .query(
                """
                SELECT \(fragment: AuditVerdict.columns) FROM audit_chains
                WHERE workspace_id <> \(AuditLog.operator.scope.id)
                """
            )
            .rows
        return try rows.reduce(into: [:]) { statuses, row in
            statuses[WorkspaceID(try row.value("workspace_id"))] = try AuditChainStatus(row, with: self.secrets)
        }
    }

    /// How many events of all logs wait to be sealed, and for how long the one that has waited longest.
    ///
    /// - Throws: `PostgreSQLError`.
    package func waiting() async throws -> (count: Int, longest: Duration) {
        let row =
            try await self.pool
            .query(
                """
                SELECT count(*) AS count, coalesce(extract(epoch FROM now() - min(queued_at)), 0)::bigint AS seconds
                FROM audit_unsealed
                """
            )
            .singleRow()
        return (try row.value("count"), .seconds(max(0, try row.value("seconds", as: Int.self))))
    }
}
