import PostgreSQL
import Workspaces

/// The row of a chain.
struct StoredAuditChain: Sendable {
    /// The columns, of which `workspace_id` says whose it is.
    static let columns: SQL = """
        workspace_id, position, hash, pruned_position, pruned_hash, seal, secret_key_id, restart_position, restart_hash,
        restart_broken_from
        """

    /// Whose it is.
    let log: AuditLog
    /// Both ends.
    let head: AuditHead
    /// The seal of both ends; without bytes before the first link.
    let seal: MessageSeal

    /// Reads the ``columns``.
    init(_ row: Row) throws {
        self.log = AuditLog(chain: WorkspaceID(try row.value("workspace_id")))
        self.head = AuditHead(
            position: try row.value("position"),
            hash: try row.auditHash("hash"),
            prunedPosition: try row.value("pruned_position"),
            prunedHash: try row.auditHash("pruned_hash"),
            restart: try row.optional("restart_position", as: Int.self)
                .map { position in
                    AuditRestart(
                        position: position,
                        hash: try row.auditHash("restart_hash"),
                        brokenFrom: try row.value("restart_broken_from")
                    )
                }
        )
        self.seal = MessageSeal(secretKeyID: try row.value("secret_key_id"), bytes: try row.value("seal"))
    }

    /// What is wrong with the seal; `nil` when it is right.
    func defect(with secrets: SecretKeyring) -> AuditDefect? {
        // A chain that has not begun is not sealed, and there is nothing in it to seal.
        guard !self.seal.bytes.isEmpty else { return self.head == .empty ? nil : .sealBroken }
        do throws(SealingFailure) {
            let bytes = self.head.sealedBytes(of: self.log.workspaceID)
            return try secrets.isAuthentic(bytes, under: self.seal) ? nil : .sealBroken
        } catch {
            return .sealUnknown(secretKeyID: self.seal.secretKeyID)
        }
    }

    /// Whether it is sealed under a secret key that is not at hand, so that nothing may be added or taken away.
    func isSealedElsewhere(_ secrets: SecretKeyring) -> Bool {
        !self.seal.bytes.isEmpty && !secrets.ids.contains(self.seal.secretKeyID)
    }

    /// The ends with more links.
    func head(after links: [AuditLink]) -> AuditHead {
        var head = self.head
        if let last = links.last {
            head.position = last.position
            head.hash = last.hash
        }
        return head
    }

    /// The seal for other ends.
    ///
    /// What somebody else wrote is never sealed: a wrong seal stays as it is, and wrong, whatever is added.
    func seal(of head: AuditHead, with secrets: SecretKeyring) -> MessageSeal {
        guard self.defect(with: secrets) == nil else { return self.seal }
        return secrets.authenticate(head.sealedBytes(of: self.log.workspaceID))
    }
}
