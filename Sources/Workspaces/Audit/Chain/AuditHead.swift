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
    /// Where the operator began the chain anew last; `nil` for a chain that goes on from its first link.
    package var restart: AuditRestart?

    /// The ends of a chain without a link.
    package static let empty = AuditHead(position: 0, hash: .origin, prunedPosition: 0, prunedHash: .origin)

    /// Puts both ends together.
    package init(
        position: Int,
        hash: AuditHash,
        prunedPosition: Int,
        prunedHash: AuditHash,
        restart: AuditRestart? = nil
    ) {
        self.position = position
        self.hash = hash
        self.prunedPosition = prunedPosition
        self.prunedHash = prunedHash
        self.restart = restart
    }

    /// Up to which position events that are still kept could not be verified; `nil` when there are none.
    package var unverifiedPosition: Int? {
        self.restart.flatMap { $0.position > self.prunedPosition ? $0.position : nil }
    }

    /// What is sealed with the secret key: the ends, and whose they are.
    ///
    /// - Parameter workspaceID: The workspace; `nil` for the operator's log.
    /// - Returns: The bytes to authenticate.
    package func sealedBytes(of workspaceID: WorkspaceID?) -> [UInt8] {
        let ends: [String?] = [
            workspaceID?.description, "\(self.position)", "\(self.hash)", "\(self.prunedPosition)",
            "\(self.prunedHash)",
        ]
        guard let restart else { return AuditHash.encoding(of: ["portico-audit-head-1"] + ends) }
        return AuditHash.encoding(
            of: ["portico-audit-head-2"] + ends
                + ["\(restart.position)", "\(restart.hash)", "\(restart.brokenFrom)"]
        )
    }
}
