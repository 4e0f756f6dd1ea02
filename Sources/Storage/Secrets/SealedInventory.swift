package import FoundationEssentials
package import PostgreSQL

/// What is stored encrypted or sealed, and under which secret keys: all of it, so that a key that is not named here has
/// served its time.
package struct SealedInventory: Hashable, Sendable {
    /// What is stored so.
    package enum Kind: Hashable, Sendable, CaseIterable {
        /// Portico's own SAML keys that are not retired.
        case samlKeys
        /// The keys of the identity token that are not retired.
        case identityKeys
        /// Secrets of authenticator apps beside passphrases.
        case authenticatorApps
        /// Ends of chains of audit logs, and what the latest look at each came to where that is under another key.
        case auditChains
    }

    private let counts: [Kind: [String: Int]]

    /// Counts.
    ///
    /// - Parameters:
    ///   - pool: Whose role is ``StorageRole/operator``.
    ///   - now: The present.
    /// - Throws: `PostgreSQLError`, ``StoredValueError``.
    package init(pool: ConnectionPool, now: Date) async throws {
        let chains =
            try await pool.query(
                """
                SELECT secret_key_id, count(*) AS count FROM (
                    SELECT secret_key_id FROM audit_chains WHERE seal <> ''
                    UNION ALL
                    SELECT verdict_key_id FROM audit_chains WHERE verdict_key_id <> secret_key_id
                ) sealed GROUP BY secret_key_id
                """
            )
            .rows
        self.counts = [
            .samlKeys: try await SPKeyStore(pool: pool).secretKeys(now: now),
            .identityKeys: try await IdentityKeyStore(pool: pool).secretKeys(now: now),
            .authenticatorApps: try await CodeSecretStore(pool: pool).secretKeys(),
            .auditChains: try chains.reduce(into: [:]) { $0[try $1.value("secret_key_id")] = try $1.value("count") },
        ]
    }

    /// The identifiers of the secret keys, in order.
    package var secretKeyIDs: [String] { Set(self.counts.values.flatMap(\.keys)).sorted() }

    /// How many of a kind stand under a secret key.
    package func count(_ kind: Kind, under secretKeyID: String) -> Int { self.counts[kind]?[secretKeyID] ?? 0 }
}
