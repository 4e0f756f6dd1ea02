package import FoundationEssentials
package import PostgreSQL
import Workspaces

/// The secrets of authenticator apps in all workspaces, as far as a change of the secret key concerns them.
package struct CodeSecretStore: Sendable {
    private let pool: ConnectionPool

    /// Makes a store over a pool, whose role is ``StorageRole/service`` or ``StorageRole/operator``.
    package init(pool: ConnectionPool) {
        self.pool = pool
    }

    /// How many secrets are encrypted under each secret key, by its identifier.
    ///
    /// - Throws: `PostgreSQLError`.
    package func secretKeys() async throws -> [String: Int] {
        let rows =
            try await self.pool
            .query(
                "SELECT secret_key, sum(secrets)::bigint AS count FROM portico_code_secret_keys() GROUP BY secret_key"
            )
            .rows
        return try rows.reduce(into: [:]) { $0[try $1.value("secret_key")] = try $1.value("count") }
    }

    /// Encrypts anew what is encrypted under another of the secret keys than the first, one workspace after the other.
    ///
    /// What does not open stays as it is: it was encrypted for another row, or changed.
    ///
    /// - Returns: How many secrets were encrypted anew.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``; what was encrypted anew stays so. `CancellationError` between
    ///   two workspaces.
    @discardableResult
    package func reseal(with secrets: SecretKeyring, now: Date) async throws -> Int {
        let older = Array(secrets.ids.dropFirst())
        guard !older.isEmpty else { return 0 }
        let rows =
            try await self.pool
            .query(
                "SELECT DISTINCT workspace FROM portico_code_secret_keys() WHERE secret_key = ANY(\(older))"
            )
            .rows
        var count = 0
        for row in rows {
            try Task.checkCancellation()
            let scope = WorkspaceScope(WorkspaceID(try row.value("workspace", as: UUID.self)))
            count += try await self.reseal(scope, older, with: secrets, now: now)
        }
        return count
    }

    private func reseal(
        _ scope: WorkspaceScope,
        _ older: [String],
        with secrets: SecretKeyring,
        now: Date
    ) async throws -> Int {
        try await self.pool.withTransaction(in: scope) { transaction in
            let rows =
                try await transaction.query(
                    """
                    SELECT user_id, sealed_code_secret, code_secret_key_id FROM local_credentials
                    WHERE workspace_id = portico_workspace() AND code_secret_key_id = ANY(\(older))
                    ORDER BY user_id FOR UPDATE
                    """
                )
                .rows
            var statements: [SQL] = []
            for row in rows {
                let userID = UserID(try row.value("user_id", as: UUID.self))
                let owner = CodeSecretOwner.bytes(scope, userID)
                let sealed = SealedSecret(
                    secretKeyID: try row.value("code_secret_key_id"),
                    bytes: try row.value("sealed_code_secret")
                )
                guard let secret = try? secrets.open(sealed, for: owner) else { continue }
                let anew = try secrets.seal(secret, for: owner)
                statements.append(
                    """
                    UPDATE local_credentials
                    SET sealed_code_secret = \(anew.bytes), code_secret_key_id = \(anew.secretKeyID)
                    WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid)
                    """
                )
            }
            guard !statements.isEmpty else { return 0 }
            let event = AuditEvent(
                time: now,
                workspaceID: scope.workspaceID,
                actor: .system,
                action: .authenticatorsResealed,
                detail: ["secrets": "\(statements.count)", "secret_key_id": secrets.currentID]
            )
            _ = try await transaction.pipeline(statements + [AuditStore.insert(event)])
            return statements.count
        }
    }
}
