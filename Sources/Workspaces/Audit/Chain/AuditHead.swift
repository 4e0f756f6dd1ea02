/// Both ends of the chain of an audit log.
package struct AuditHead: Hashable, Sendable {
    /// The position of the newest link; 0 when there has been none.
    package var position: Int
    /// Its hash.
    package var hash: AuditHash
    /// The position of the newest link that retention has deleted; 0 when it has deleted none.
    package var prunedPosition: Int
    /// Its hash.
    package var prunedHash: AuditHash

    /// The ends of a chain without a link.
    package static let empty = AuditHead(position: 0, hash: .origin, prunedPosition: 0, prunedHash: .origin)

    /// Puts both ends together.
    package init(position: Int, hash: AuditHash, prunedPosition: Int, prunedHash: AuditHash) {
        self.position = position
        self.hash = hash
        self.prunedPosition = prunedPosition
        self.prunedHash = prunedHash
    }

    /// What is sealed with the secret key: the ends, and whose they are.
    ///
    /// - Parameter workspaceID: The workspace; `nil` for the operator's log.
    /// - Returns: The bytes to authenticate.
    package func sealedBytes(of workspaceID: WorkspaceID?) -> [UInt8] {
        AuditHash.encoding(of: [
            "portico-audit-head-1", workspaceID?.description, "\(self.position)", "\(self.hash)",
            "\(self.prunedPosition)", "\(self.prunedHash)",
        ])
    }
}
