package import FoundationEssentials
import PostgreSQL
package import Workspaces

extension AuditChainStore {
    /// Begins a chain anew behind its end, because what is before cannot be verified, now or ever.
    ///
    ///     1 ── 2 ── 3 ─╳─ 5 ── 6 ┆── 7 ── 8        restart_position 6, restart_broken_from 4
    ///     └ compared still ┘     ┆   └ holds
    ///
    /// Events and links stay as they are. What of them was in order is compared as before, and what was not is passed over;
    /// that the operator accepted it is sealed with the ends, so that nobody else can say so, and nobody can take it away. It
    /// takes the role ``StorageRole/operator``.
    ///
    /// - Parameters:
    ///   - log: Whose chain.
    ///   - verification: What a look at the whole chain came to just before.
    ///   - detail: What the logs say besides, such as the Company ID.
    ///   - now: The present.
    /// - Returns: Behind what it begins.
    /// - Throws: ``AuditRestartRefusal``, `PostgreSQLError`, ``StoredValueError``.
    package func beginAnew(
        _ log: AuditLog,
        after verification: AuditVerification,
        detail: [String: String],
        now: Date
    ) async throws -> AuditRestart {
        guard let defect = verification.chainDefect else { throw AuditRestartRefusal.chainHolds }
        return try await self.pool.withTransaction(in: log.scope) { transaction in
            let opening = try await transaction.pipeline([Self.begin, Self.lock, Self.newest])
            let chain = try StoredAuditChain(try opening[1].singleRow())
            guard let position = try opening[2].singleRow().optional("room", as: Int.self) else {
                throw AuditRestartRefusal.noRoom
            }
            var head = chain.head
            if let last = try opening[2].singleRow().optional("hash", as: [UInt8].self).flatMap({ AuditHash($0) }) {
                head.hash = last
            }
            head.position = position
            let restart = AuditRestart(
                position: position,
                hash: head.hash,
                brokenFrom: Self.brokenFrom(defect, chain.head, before: position)
            )
            head.restart = restart
            let seal = self.secrets.authenticate(head.sealedBytes(of: log.workspaceID))
            let event = AuditEvent(
                time: now,
                workspaceID: nil,
                actor: .operator,
                action: .auditChainRestarted,
                detail: detail.merging([
                    "position": "\(restart.position)", "hash": "\(restart.hash)", "defect": "\(defect)",
                    "former_secret_key_id": chain.seal.secretKeyID,
                ]) { $1 }
            )
            _ = try await transaction.pipeline(
                [
                    """
                    UPDATE audit_chains SET position = \(head.position), hash = \(head.hash.bytes), seal = \(seal.bytes),
                        secret_key_id = \(seal.secretKeyID), restart_position = \(restart.position),
                        restart_hash = \(restart.hash.bytes), restart_broken_from = \(restart.brokenFrom), verify_after = now()
                    WHERE workspace_id = portico_workspace()
                    """,
                    AuditStore.insertForOperator(event),
                ] + (log == .operator ? [] : [AuditStore.insertAlone(event)])
            )
            return restart
        }
    }

    // MARK: - Private

    /// The first position that is not in order; the one behind the end when all are.
    private static func brokenFrom(_ defect: AuditDefect, _ head: AuditHead, before end: Int) -> Int {
        let found: Int? =
            switch defect {
            case .eventRemoved(let position, _), .altered(let position, _), .linkRemoved(let position): position
            case .headMoved(_, let last): last < end ? last + 1 : nil
            case .headRemoved, .sealBroken, .sealUnknown, .inserted: nil
            }
        // What was passed over before is not in order now, unless all of it has expired.
        let earlier = head.restart.flatMap {
            $0.brokenFrom <= $0.position && $0.position > head.prunedPosition ? $0.brokenFrom : nil
        }
        return min(found ?? end + 1, earlier ?? end + 1)
    }

    /// The last position that is taken, as long as there is room behind it; and the hash there.
    private static let newest: SQL = """
        SELECT CASE WHEN greatest(c.position, l.position) < 4611686018427387904 THEN greatest(c.position, l.position) END AS room,
            CASE WHEN l.position >= c.position THEN l.hash END AS hash
        FROM audit_chains c LEFT JOIN LATERAL (
            SELECT position, hash FROM audit_links WHERE workspace_id = c.workspace_id ORDER BY position DESC LIMIT 1
        ) l ON true
        WHERE c.workspace_id = portico_workspace()
        """
}
